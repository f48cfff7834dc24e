package dev.facefusion.tests.cluster;

import java.nio.file.Path;

/// A folder on the cluster's node: what changes in it shows at once in the pods that mount it.
public final class NodeFolder {
    private final Node node;
    private final String path;

    private NodeFolder(Node node, String path) {
        this.node = node;
        this.path = path;
    }

    static NodeFolder create(Node node, String path) {
        node.run("mkdir", "-p", path);
        return new NodeFolder(node, path);
    }

    public String path() {
        return path;
    }

    /// A folder in this one; created where it is not there.
    public NodeFolder folder(String name) {
        return create(node, path + "/" + name);
    }

    /// Copies a file under its own name.
    public void add(Path file) {
        node.copy(file, path + "/" + file.getFileName());
    }

    /// Copies everything that a folder holds.
    public void addAll(Path folder) {
        node.copy(folder, path);
    }

    /// Creates or replaces a file; nobody sees it half written.
    public void write(String name, String text) {
        String file = path + "/" + name;
        node.run("sh", "-c", "printf %s \"$0\" >\"$1.new\" && mv \"$1.new\" \"$1\"", text, file);
    }
}
