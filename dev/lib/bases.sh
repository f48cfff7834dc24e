# The images that ours are built from. Sourced by the scripts in dev/.
# shellcheck shell=bash

# What a Debian-made base holds: the C and C++ libraries, time zones, and nothing that runs.
base_packages=(libc6 libgcc-s1 libstdc++6 zlib1g tzdata)

# Sets base_arguments for docker build: nothing where the Dockerfiles' public bases can be pulled, else bases made here.
use_bases() {
  base_arguments=()
  pulled "$(dockerfile_default JDK)" && pulled "$(dockerfile_default BASE)" && return
  on_debian_as_root ||
    fail "Could not pull $(dockerfile_default JDK) and $(dockerfile_default BASE); see $logs/pull.log." \
      "see that docker pull works. Only on Debian, as root, can bases be made without a registry."
  local definition
  definition=$({ cat "$root/dev/lib/bases.sh" "$JAVA_HOME/release" && dpkg --print-architecture; } | "${sha256[@]}" | cut -c1-12)
  local base=facefusion-base:$definition jdk=facefusion-jdk:$definition
  if ! present "$base" || ! present "$jdk"; then
    make_base "$base"
    make_jdk "$jdk"
    drop_other_tags facefusion-base "$definition"
    drop_other_tags facefusion-jdk "$definition"
  fi
  base_arguments=(--build-arg "JDK=$jdk" --build-arg "BASE=$base")
}

dockerfile_default() { sed -n "s/^ARG $1=//p" "$root/operator/Dockerfile"; }

make_base() {
  note "Making a base from Debian packages, as no image registry answers"
  local files
  files=$(mktemp -d)
  unpack "$files" "${base_packages[@]}"
  mkdir -p "$files"/{etc,tmp,home/nonroot}
  chmod 1777 "$files/tmp"
  chown 65532:65532 "$files/home/nonroot"
  printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >"$files/etc/passwd"
  printf '%s\n' root:x:0: nonroot:x:65532: >"$files/etc/group"
  tar -C "$files" -c . | docker import - "$1" >/dev/null
  rm -rf "$files"
}

# Where the Dockerfiles link a Java runtime: the base, a shell, and this machine's JDK.
make_jdk() {
  note "Making a build image from the JDK in $JAVA_HOME"
  local files
  files=$(mktemp -d)
  unpack "$files" "${base_packages[@]}" busybox-static
  mkdir -p "$files/tmp" "$files/opt/java"
  chroot "$files" /bin/busybox --install -s /bin
  cp -RL "$JAVA_HOME" "$files/opt/java/openjdk" # some packages make links out of the JDK
  rm -f "$files/opt/java/openjdk/lib/src.zip"
  tar -C "$files" -c . | docker import \
    -c 'ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/bin:/bin' - "$1" >/dev/null
  rm -rf "$files"
}

# unpack DIRECTORY PACKAGE…: their files, without what installing them would do.
unpack() {
  local into=$1 downloads package
  shift
  update_lists
  downloads=$(mktemp -d)
  chmod 755 "$downloads"
  (cd "$downloads" && working apt-download "see that apt-get download $* works." apt-get download "$@")
  mkdir -p "$into"/usr/{bin,lib,lib64,sbin}
  for package in bin lib lib64 sbin; do ln -s "usr/$package" "$into/$package"; done
  for package in "$downloads"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$into" --keep-directory-symlink
  done
  rm -rf "$downloads" "$into"/usr/share/{man,locale,lintian}
}
