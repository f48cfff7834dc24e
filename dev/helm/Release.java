import com.marcnuri.helm.Helm;

/// The operator's Helm release, so that neither a laptop nor a bare machine needs Helm itself.
///
///     java Release.java install KUBECONFIG NAME NAMESPACE CHART [VALUE=CONTENT …]
///     java Release.java uninstall KUBECONFIG NAME NAMESPACE
void main(String... args) {
    var kubeconfig = Path.of(args[1]);
    var name = args[2];
    var namespace = args[3];
    switch (args[0]) {
        case "install" -> {
            var upgrade =
                    new Helm(Path.of(args[4]))
                            .upgrade()
                            .withName(name)
                            .withNamespace(namespace)
                            .withKubeConfig(kubeconfig)
                            .install()
                            .createNamespace()
                            .resetValues();
            Arrays.stream(args)
                    .skip(5)
                    .map(value -> value.split("=", 2))
                    .forEach(value -> upgrade.set(value[0], value[1]));
            IO.println("%s is at revision %s".formatted(name, upgrade.call().getRevision()));
        }
        case "uninstall" ->
                Helm.uninstall(name)
                        .withNamespace(namespace)
                        .withKubeConfig(kubeconfig)
                        .ignoreNotFound()
                        .call();
        default -> throw new IllegalArgumentException("install or uninstall, not " + args[0]);
    }
}
