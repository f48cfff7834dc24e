package dev.facefusion.runtime.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The models that may be used, every file of them intact. Local files only: nothing is downloaded.
public final class ModelStore {

    private final ModelPath path;
    private final List<ModelInfo> models;

    private ModelStore(ModelPath path, List<ModelInfo> models) {
        this.path = path;
        this.models = List.copyOf(models);
    }

    /// A store of one model.
    public static ModelStore of(ModelInfo model) {
        return new ModelStore(ModelPath.of(model.path().resolveSibling("")), List.of(model));
    }

    /// Opens one directory, whatever its models' licences.
    ///
    /// @throws ModelException as the other one
    public static ModelStore open(Path directory) {
        return open(ModelSettings.of(directory));
    }

    /// Reads what the directories list and checks every file against it.
    ///
    /// @throws ModelException naming the models that the policy leaves out, or the first file that
    ///   is missing or differs
    public static ModelStore open(ModelSettings settings) {
        return open(settings, UnaryOperator.identity());
    }

    /// Reads what the directories list, and checks the files of some models against it; the others
    /// are not read.
    ///
    /// @param choice of those that are listed
    /// @throws ModelException as the other one, or as the choice does
    public static ModelStore open(ModelSettings settings, UnaryOperator<List<ListedModel>> choice) {
        var listed = ModelCatalogue.read(settings.path()).models();
        settings.policy().check(listed);
        return new ModelStore(
                settings.path(),
                choice.apply(listed).stream()
                        .map(ModelCheck::of)
                        .map(ModelCheck::orThrow)
                        .toList());
    }

    /// The models in the order in which they are preferred: the path's, and within a directory the
    /// manifest's.
    public List<ModelInfo> models() {
        return models;
    }

    /// The models of a role, the preferred first.
    public List<ModelInfo> models(ModelRole role) {
        return models.stream().filter(model -> model.role() == role).toList();
    }

    /// The model of that name.
    public Optional<ModelInfo> find(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /// The bytes of one model, checked again: a file that changed since is never used.
    ///
    /// @throws ModelException if there is no such model, or its file is no longer intact
    public byte[] bytes(String name) {
        return find(name)
                .map(ModelStore::read)
                .orElseThrow(() ->
                        new ModelException(
                                "%s has no model named %s. Use a model directory made for this version."
                                        .formatted(described(), name)));
    }

    private String described() {
        return String.join(", ", path.directories().stream().map(Path::toString).toList());
    }

    /// The files' digests by the models' names.
    public Map<String, String> digests() {
        return models.stream().collect(Collectors.toMap(ModelInfo::name, ModelInfo::sha256));
    }

    /// One digest for the whole set: two stores with the same digest hold the same models.
    public String digest() {
        var sha256 = ModelCheck.sha256();
        models.stream()
                .sorted(Comparator.comparing(ModelInfo::name))
                .map(model -> model.name() + " " + model.sha256() + "\n")
                .forEach(line -> sha256.update(line.getBytes(UTF_8)));
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static byte[] read(ModelInfo model) {
        try {
            var bytes = Files.readAllBytes(model.path());
            var found = HexFormat.of().formatHex(ModelCheck.sha256().digest(bytes));
            if (!found.equals(model.sha256())) {
                throw ModelCheck.altered(model.path(), model.sha256(), found);
            }
            return bytes;
        } catch (IOException e) {
            throw ModelCheck.unreadable(model.path(), e);
        }
    }
}
