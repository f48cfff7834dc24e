# Our two images and their archives. Sourced by the scripts in dev/.
# shellcheck shell=bash

archives=$root/target/images

# package_jars: compiles and packs what the images are made of, unless nothing changed since the last time.
package_jars() {
  local stamp=$logs/packaged
  if [ -e "$stamp" ] && [ -d "$root/operator/target/lib" ] && [ -d "$root/runtime-image/target/ffmpeg" ] &&
    [ -z "$(find "$root"/{pom.xml,crds,operator,runtime-image} -name target -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    return
  fi
  drop_stale_jars
  touch "$stamp.new" # what is saved while Maven runs counts as changed
  working package "the compiler's message is above; ./mvnw -pl operator,runtime-image -am package shows all." \
    "$root/mvnw" -f "$root/pom.xml" -B -ntp -pl operator,runtime-image -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
  mv "$stamp.new" "$stamp"
}

# Maven copies dependencies and never removes those of yesterday.
drop_stale_jars() {
  rm -rf "$root"/{operator,runtime-image}/target/lib "$root"/runtime-image/target/ffmpeg
}

# build_images: sets operator_tag and runtime_tag. A tag is a digest of all that went in, so that nothing is built
# twice and a cluster tells a new image from an old one.
build_images() {
  use_bases
  build_image operator "$root/operator"
  operator_tag=$tag
  build_image runtime "$root/runtime-image"
  runtime_tag=$tag
}

build_image() {
  local name=$1 context=$2 image
  tag=dev-$(inputs "$context")
  image=facefusion-$name:$tag
  if ! present "$image"; then
    [ -d "$context/target/lib" ] || fail "There are no jars in $context/target." "./mvnw -DskipTests package"
    working "image-$name" "the Dockerfile is $context/Dockerfile." \
      docker build --force-rm ${base_arguments[@]+"${base_arguments[@]}"} --tag "$image" "$context"
    drop_other_tags "facefusion-$name" "$tag" dev
  fi
  docker tag "$image" "facefusion-$name:dev"
  save_archive "$name"
}

# A digest over the names and contents of everything in the build context.
inputs() {
  (
    cd "$1" || exit
    { find Dockerfile .dockerignore models licenses src/image target/*.jar target/lib target/ffmpeg -type f 2>/dev/null | LC_ALL=C sort | xargs "${sha256[@]}"
      echo "${base_arguments[*]-}"
    } | "${sha256[@]}" | cut -c1-12
  )
}

save_archive() {
  local name=$1 archive=$archives/$1.tar
  [ "$(cat "$archive.tag" 2>/dev/null)" = "$tag" ] && [ -e "$archive" ] && return
  mkdir -p "$archives"
  docker save -o "$archive" "facefusion-$name:$tag" "facefusion-$name:dev"
  echo "$tag" >"$archive.tag"
}
