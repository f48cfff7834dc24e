package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.ArcFace;
import dev.facefusion.runtime.engine.analyse.BlazeFace;
import dev.facefusion.runtime.engine.analyse.BundledRecogniser;
import dev.facefusion.runtime.engine.analyse.ContractFaceFinder;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.FaceFinder;
import dev.facefusion.runtime.engine.analyse.FaceMesh;
import dev.facefusion.runtime.engine.analyse.FaceRecogniser;
import dev.facefusion.runtime.engine.analyse.FairFace;
import dev.facefusion.runtime.engine.analyse.MeshFaceFinder;
import dev.facefusion.runtime.engine.detector.FaceDetector;
import dev.facefusion.runtime.engine.enhancer.EnhancerContract;
import dev.facefusion.runtime.engine.enhancer.ModelEnhancer;
import dev.facefusion.runtime.engine.landmarker.FiveToSixtyEight;
import dev.facefusion.runtime.engine.landmarker.Landmarker;
import dev.facefusion.runtime.engine.masker.FaceParser;
import dev.facefusion.runtime.engine.masker.Masker;
import dev.facefusion.runtime.engine.masker.Occluder;
import dev.facefusion.runtime.engine.process.CanonicalMesh;
import dev.facefusion.runtime.engine.process.FaceEnhancer;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.process.MeshSwapper;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.swapper.Converter;
import dev.facefusion.runtime.engine.swapper.ModelSwapper;
import dev.facefusion.runtime.engine.swapper.SwapperContract;
import dev.facefusion.runtime.models.Model;
import dev.facefusion.runtime.models.ModelContract;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelRole;
import dev.facefusion.runtime.models.ModelStore;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Puts the models of a lineup to work: for each an adapter, which checks that the model has what
/// its contract says.
final class Crew {

    /// This one is pasted in a way of its own.
    private static final String BUNDLED_ENHANCER = "face_enhancer_512";

    private final ModelStore store;
    private final Lineup lineup;
    private final ModelSessions sessions;

    Crew(ModelStore store, Lineup lineup, ModelSessions sessions) {
        this.store = store;
        this.lineup = lineup;
        this.sessions = sessions;
    }

    /// @throws ModelException if a model has not what its contract says, or one is missing
    FaceAnalyser analyser() {
        return new FaceAnalyser(
                finder(), recogniser(), lineup.find(ModelContract.FAIRFACE).map(this::classifier));
    }

    private FairFace classifier(Model model) {
        return new FairFace(session(model));
    }

    Optional<FaceRecogniser> recogniser() {
        Optional<FaceRecogniser> arcFace =
                lineup.find(ModelContract.ARCFACE).map(model -> new ArcFace(session(model)));
        return arcFace.or(() ->
                lineup.find(ModelContract.FACE_EMBEDDING)
                        .map(model -> new BundledRecogniser(session(model))));
    }

    /// Has the model's adapter look at it, whether or not the models are there that it works with.
    ///
    /// @throws ModelException if the model has not what its contract says
    void check(Model model) {
        switch (model.contract()) {
            case BLAZEFACE -> new BlazeFace(session(model));
            case YOLOFACE, SCRFD, RETINAFACE, YUNET -> detector(model);
            case FACEMESH -> new FaceMesh(session(model));
            case TWO_D_FAN_4, PEPPA_WUTZ -> landmarker(model);
            case FAN_68_5 -> new FiveToSixtyEight(session(model));
            case FACE_EMBEDDING -> new BundledRecogniser(session(model));
            case ARCFACE -> new ArcFace(session(model));
            case FAIRFACE -> classifier(model);
            case FACE_MESH -> meshSwapper(model);
            case INSWAPPER,
                    HYPERSWAP,
                    GHOST,
                    SIMSWAP_256,
                    SIMSWAP_512,
                    BLENDSWAP,
                    UNIFACE,
                    HIFIFACE ->
                    ModelSwapper.check(swapperContract(model), model.name(), store, session(model));
            case CROSSFACE -> new Converter(session(model));
            case GFPGAN, CODEFORMER, RESTOREFORMER, GPEN_256, GPEN -> enhancer(model, masker());
            case XSEG -> new Occluder(session(model));
            case BISENET -> new FaceParser(session(model));
        }
    }

    private FaceFinder finder() {
        var blazeFace = lineup.find(ModelContract.BLAZEFACE);
        if (blazeFace.isPresent()) {
            return new MeshFaceFinder(
                    new BlazeFace(session(blazeFace.get())),
                    new FaceMesh(session(required(ModelContract.FACEMESH))));
        }
        var landmarkers = new LinkedHashMap<String, Landmarker>();
        for (var model : lineup.of(ModelRole.LANDMARKER)) {
            landmarker(model).ifPresent(found -> landmarkers.put(model.name(), found));
        }
        if (landmarkers.isEmpty()) {
            throw missing(ModelContract.TWO_D_FAN_4);
        }
        return new ContractFaceFinder(
                byName(ModelRole.DETECTOR, this::detector),
                landmarkers,
                new FiveToSixtyEight(session(required(ModelContract.FAN_68_5))));
    }

    private FaceDetector detector(Model model) {
        return FaceDetector.of(model.contract(), session(model));
    }

    private Optional<Landmarker> landmarker(Model model) {
        return Landmarker.of(model.contract(), session(model));
    }

    /// @throws ModelException if a model has not what its contract says, or one is missing
    Processors processors() {
        var masker = masker();
        var processors =
                new EnumMap<FrameProcessor, SequencedMap<String, FaceProcessor>>(
                        FrameProcessor.class);
        processors.put(
                FrameProcessor.FACE_SWAPPER,
                byName(ModelRole.SWAPPER, model -> swapper(model, masker)));
        processors.put(
                FrameProcessor.FACE_ENHANCER,
                byName(ModelRole.ENHANCER, model -> enhancer(model, masker)));
        return new Processors(processors);
    }

    private Masker masker() {
        return new Masker(
                byName(ModelRole.OCCLUDER, model -> new Occluder(session(model))),
                byName(ModelRole.PARSER, model -> new FaceParser(session(model))));
    }

    private FaceProcessor swapper(Model model, Masker masker) {
        if (model.contract() == ModelContract.FACE_MESH) {
            return meshSwapper(model);
        }
        var swapper =
                ModelSwapper.of(swapperContract(model), model.name(), store, sessions, masker);
        if (swapper.needsSourceIdentity() && lineup.find(ModelContract.ARCFACE).isEmpty()) {
            throw missing(ModelContract.ARCFACE);
        }
        return swapper;
    }

    private MeshSwapper meshSwapper(Model model) {
        return new MeshSwapper(CanonicalMesh.parse(store.bytes(model.name())));
    }

    private static SwapperContract swapperContract(Model model) {
        return SwapperContract.of(model.contract()).orElseThrow();
    }

    private FaceProcessor enhancer(Model model, Masker masker) {
        if (model.name().equals(BUNDLED_ENHANCER)) {
            return new FaceEnhancer(session(model));
        }
        var contract = EnhancerContract.of(model.contract()).orElseThrow();
        return ModelEnhancer.of(contract, model.name(), session(model), masker);
    }

    private <T> SequencedMap<String, T> byName(ModelRole role, Function<Model, T> adapter) {
        var adapters = new LinkedHashMap<String, T>();
        lineup.of(role).forEach(model -> adapters.put(model.name(), adapter.apply(model)));
        return adapters;
    }

    private Model required(ModelContract contract) {
        return lineup.find(contract).orElseThrow(() -> missing(contract));
    }

    private static ModelException missing(ModelContract contract) {
        return new ModelException(
                "The models here need one of the contract %s, and there is none. Add it to the model directory."
                        .formatted(contract.id()));
    }

    private ModelSession session(Model model) {
        return sessions.get(model.name());
    }
}
