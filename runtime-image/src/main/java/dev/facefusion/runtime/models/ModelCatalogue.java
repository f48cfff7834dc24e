package dev.facefusion.runtime.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What the directories of a model path list, without a look into the models' files.
///
/// A directory with a manifest has what that lists. One without has the files in it whose names are
/// known, FaceFusion's own or the bundled models'.
///
/// @param models of every name the first
/// @param unknown model files that no manifest lists and whose names say nothing: they are not used
public record ModelCatalogue(List<ListedModel> models, List<Path> unknown) {

    private static final String MODEL = ".onnx";

    public ModelCatalogue {
        models = List.copyOf(models);
        unknown = List.copyOf(unknown);
    }

    /// Reads the directories in their order.
    ///
    /// @throws ModelException if one of them cannot be read, lists a file outside of itself, or has
    ///   no models
    public static ModelCatalogue read(ModelPath path) {
        var models = new ArrayList<ListedModel>();
        var unknown = new ArrayList<Path>();
        var names = new HashSet<String>();
        for (var directory : path.directories()) {
            for (var model : list(directory, unknown)) {
                if (names.add(model.name())) {
                    models.add(model);
                }
            }
        }
        return new ModelCatalogue(models, unknown);
    }

    private static List<ListedModel> list(Path directory, List<Path> unknown) {
        if (Files.exists(directory.resolve(ModelManifest.FILE))) {
            var listed = ModelManifest.read(directory);
            listed.forEach(ModelCatalogue::checkInside);
            return listed;
        }
        var files = files(directory);
        var known =
                KnownModel.all().stream()
                        .filter(model -> files.contains(model.file()))
                        .map(model -> model.in(directory))
                        .toList();
        if (known.isEmpty()) {
            throw new ModelException(
                    "%s has neither a %s nor a model under FaceFusion's name for it. Point %s at a directory of models."
                            .formatted(directory, ModelManifest.FILE, ModelPath.VARIABLE));
        }
        files.stream()
                .filter(file -> file.endsWith(MODEL) && KnownModel.ofFile(file).isEmpty())
                .map(directory::resolve)
                .forEach(unknown::add);
        return known;
    }

    private static List<String> files(Path directory) {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new ModelException(
                    "%s cannot be read (%s). Point %s at a directory of models."
                            .formatted(directory, e.getClass().getSimpleName(), ModelPath.VARIABLE),
                    e);
        }
    }

    private static void checkInside(ListedModel model) {
        if (!model.path().startsWith(model.directory().normalize())) {
            throw new ModelException(
                    "%s lists %s, which lies outside the directory. Correct the manifest."
                            .formatted(
                                    model.directory().resolve(ModelManifest.FILE), model.file()));
        }
    }
}
