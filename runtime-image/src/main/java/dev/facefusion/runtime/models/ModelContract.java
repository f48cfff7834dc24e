package dev.facefusion.runtime.models;

import com.fasterxml.jackson.annotation.JsonValue;

/// What goes into a model and what comes out: shapes, ranges, templates. Each has one adapter,
/// which knows them and checks a model's own declaration against them when it loads it.
public enum ModelContract {
    /// MediaPipe's detector in its 256 pixel form.
    BLAZEFACE("blazeface", ModelRole.DETECTOR),
    YOLOFACE("yoloface", ModelRole.DETECTOR),
    SCRFD("scrfd", ModelRole.DETECTOR),
    RETINAFACE("retinaface", ModelRole.DETECTOR),
    YUNET("yunet", ModelRole.DETECTOR),
    /// MediaPipe's 468 points.
    FACEMESH("facemesh", ModelRole.LANDMARKER),
    TWO_D_FAN_4("2dfan4", ModelRole.LANDMARKER),
    PEPPA_WUTZ("peppa_wutz", ModelRole.LANDMARKER),
    /// 68 points from five.
    FAN_68_5("fan_68_5", ModelRole.LANDMARKER),
    /// The bundled embedding of 128 numbers.
    FACE_EMBEDDING("face_embedding", ModelRole.RECOGNISER),
    ARCFACE("arcface", ModelRole.RECOGNISER),
    FAIRFACE("fairface", ModelRole.CLASSIFIER),
    /// The triangles over FaceMesh's points: no network, and what the bundled swapper works by.
    FACE_MESH("face_mesh", ModelRole.SWAPPER),
    INSWAPPER("inswapper", ModelRole.SWAPPER),
    HYPERSWAP("hyperswap", ModelRole.SWAPPER),
    GHOST("ghost", ModelRole.SWAPPER),
    /// Normalised by ImageNet's figures on its way in only.
    SIMSWAP_256("simswap_256", ModelRole.SWAPPER),
    SIMSWAP_512("simswap_512", ModelRole.SWAPPER),
    BLENDSWAP("blendswap", ModelRole.SWAPPER),
    UNIFACE("uniface", ModelRole.SWAPPER),
    HIFIFACE("hififace", ModelRole.SWAPPER),
    CROSSFACE("crossface", ModelRole.CONVERTER),
    /// 512 pixels, -1 to 1, template `ffhq_512`; the bundled enhancer's as well.
    GFPGAN("gfpgan", ModelRole.ENHANCER),
    /// GFPGAN's, with a weight.
    CODEFORMER("codeformer", ModelRole.ENHANCER),
    RESTOREFORMER("restoreformer", ModelRole.ENHANCER),
    /// 256 pixels, template `arcface_128`.
    GPEN_256("gpen_256", ModelRole.ENHANCER),
    /// 512, 1024 or 2048 pixels, template `ffhq_512`.
    GPEN("gpen", ModelRole.ENHANCER),
    XSEG("xseg", ModelRole.OCCLUDER),
    BISENET("bisenet", ModelRole.PARSER);

    private final String id;
    private final ModelRole role;

    ModelContract(String id, ModelRole role) {
        this.id = id;
        this.role = role;
    }

    /// How manifests and tables spell it.
    @JsonValue
    public String id() {
        return id;
    }

    public ModelRole role() {
        return role;
    }
}
