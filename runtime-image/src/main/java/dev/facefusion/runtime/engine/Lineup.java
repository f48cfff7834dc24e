package dev.facefusion.runtime.engine;

import static dev.facefusion.runtime.engine.ModelWish.MANY;
import static dev.facefusion.runtime.models.ModelContract.ARCFACE;
import static dev.facefusion.runtime.models.ModelContract.BLAZEFACE;
import static dev.facefusion.runtime.models.ModelContract.CROSSFACE;
import static dev.facefusion.runtime.models.ModelContract.FACEMESH;
import static dev.facefusion.runtime.models.ModelContract.FACE_EMBEDDING;
import static dev.facefusion.runtime.models.ModelContract.FACE_MESH;
import static dev.facefusion.runtime.models.ModelContract.FAN_68_5;
import static dev.facefusion.runtime.models.ModelContract.PEPPA_WUTZ;
import static dev.facefusion.runtime.models.ModelContract.RETINAFACE;
import static dev.facefusion.runtime.models.ModelContract.SCRFD;
import static dev.facefusion.runtime.models.ModelContract.TWO_D_FAN_4;
import static dev.facefusion.runtime.models.ModelContract.YOLOFACE;
import static dev.facefusion.runtime.models.ModelContract.YUNET;

import dev.facefusion.runtime.engine.swapper.SwapperContract;
import dev.facefusion.runtime.models.Model;
import dev.facefusion.runtime.models.ModelContract;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which models of a store an engine loads: of each role that is asked for the preferred one, those
/// that are asked for by name, and what they need.
///
/// Faces are found in the bundled models' way or in FaceFusion's, as the preferred detector
/// decides; the models that only belong to the other way are left out.
///
/// @param models the preferred one of each role first
record Lineup(List<Model> models) {

    private static final Set<ModelContract> BUNDLED_WAY =
            EnumSet.of(BLAZEFACE, FACEMESH, FACE_MESH);

    private static final Set<ModelContract> FACEFUSIONS_WAY =
            EnumSet.of(YOLOFACE, SCRFD, RETINAFACE, YUNET, TWO_D_FAN_4, PEPPA_WUTZ, FAN_68_5);

    /// What is needed by other models, or not at all.
    private static final Set<ModelContract> ASSISTANTS =
            EnumSet.of(FAN_68_5, ARCFACE, FACE_EMBEDDING, CROSSFACE);

    /// Roles that several models can play together.
    private static final Set<ModelRole> SHARED =
            EnumSet.of(ModelRole.DETECTOR, ModelRole.LANDMARKER, ModelRole.OCCLUDER);

    Lineup {
        models = List.copyOf(models);
    }

    /// @param there models, those that are preferred first
    /// @throws ModelException if there is no detector, or a model that is asked for is not there
    static Lineup of(List<? extends Model> there, ModelDemand demand) {
        List<Model> models = List.copyOf(there);
        var wanted = demand.names();
        wanted.stream().filter(name -> !name.equals(MANY)).forEach(name -> require(models, name));
        var preferred =
                models.stream()
                        .sorted(Comparator.comparing(model -> !wanted.contains(model.name())))
                        .toList();
        var otherWay = otherWay(preferred);
        var candidates =
                new Lineup(
                        preferred.stream()
                                .filter(model -> !otherWay.contains(model.contract()))
                                .toList());
        var chosen = new ArrayList<Model>();
        for (var role : ModelRole.values()) {
            if (!demand.roles().contains(role)) {
                continue;
            }
            var players =
                    candidates.of(role).stream()
                            .filter(model -> !ASSISTANTS.contains(model.contract()))
                            .toList();
            boolean all = SHARED.contains(role) && wanted.contains(MANY);
            players.stream()
                    .filter(model ->
                            all
                                    || wanted.contains(model.name())
                                    || model.equals(players.getFirst()))
                    .forEach(chosen::add);
        }
        candidates.find(FAN_68_5).ifPresent(chosen::add);
        var swappers =
                chosen.stream()
                        .flatMap(model -> SwapperContract.of(model.contract()).stream())
                        .toList();
        if (demand.roles().contains(ModelRole.RECOGNISER)
                || swappers.stream().anyMatch(SwapperContract::needsIdentity)) {
            // FaceFusion's swappers take its recogniser's word only.
            candidates
                    .find(ARCFACE)
                    .or(() -> candidates.find(FACE_EMBEDDING))
                    .ifPresent(chosen::add);
        }
        swappers.stream()
                .flatMap(swapper -> swapper.converter().stream())
                .distinct()
                .map(name -> require(models, name))
                .forEach(chosen::add);
        return new Lineup(chosen);
    }

    private static Set<ModelContract> otherWay(List<Model> preferred) {
        var detector =
                preferred.stream()
                        .filter(model -> model.role() == ModelRole.DETECTOR)
                        .findFirst()
                        .orElseThrow(() ->
                                new ModelException("No model here detects faces. Add a detector."));
        return BUNDLED_WAY.contains(detector.contract()) ? FACEFUSIONS_WAY : BUNDLED_WAY;
    }

    private static Model require(List<Model> models, String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ModelException(
                                "There is no model named %s, only %s. Add it to the model directory."
                                        .formatted(
                                                name, models.stream().map(Model::name).toList())));
    }

    /// The models of a role, the preferred one first.
    List<Model> of(ModelRole role) {
        return models.stream().filter(model -> model.role() == role).toList();
    }

    /// The preferred model of a contract.
    Optional<Model> find(ModelContract contract) {
        return models.stream().filter(model -> model.contract() == contract).findFirst();
    }

    /// Names of the models that ONNX Runtime runs: all but the mesh.
    List<String> networks() {
        return models.stream()
                .filter(model -> model.contract() != FACE_MESH)
                .map(Model::name)
                .toList();
    }
}
