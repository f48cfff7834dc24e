package dev.facefusion.runtime.models;

import static dev.facefusion.runtime.models.CommercialUse.NO;
import static dev.facefusion.runtime.models.CommercialUse.UNKNOWN;
import static dev.facefusion.runtime.models.CommercialUse.YES;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A model that is known by the name of its file: those that FaceFusion 3.8 publishes, and the
/// bundled ones.
///
/// The licences are those that FaceFusion states for its files. Two are not taken at their word:
/// GFPGAN's own licence lists parts that are not for commercial use, so that is unknown; and
/// `yoloface_8n.onnx` says AGPL-3.0 in its metadata, where FaceFusion says GPL-3.0: both let it be
/// used for gain, under their conditions.
///
/// @param name FaceFusion's word for it in its options
/// @param vendor who made it
record KnownModel(
        String file,
        String name,
        ModelContract contract,
        String license,
        CommercialUse commercialUse,
        String vendor) {

    private static final String NON_COMMERCIAL = "Non-Commercial";
    private static final String APACHE = "Apache-2.0";
    private static final String GPL = "GPL-3.0";
    private static final String RAIL = "OpenRAIL-M";
    private static final String RESEARCH = "ResearchRAIL";
    private static final String UNSTATED = "Unknown";

    private static final String INSIGHTFACE = "InsightFace";
    private static final String FACEFUSION = "FaceFusion";
    private static final String DEEPFACELAB = "DeepFaceLab";
    private static final String AI_FOREVER = "ai-forever";
    private static final String NEURALCHEN = "neuralchen";
    private static final String TENCENT = "TencentARC";
    private static final String YANGXY = "yangxy";

    private static final List<KnownModel> ALL =
            List.of(
                    of("yoloface_8n", "yolo_face", ModelContract.YOLOFACE, GPL, YES, "derronqi"),
                    of("scrfd_2.5g", "scrfd", ModelContract.SCRFD, NON_COMMERCIAL, NO, INSIGHTFACE),
                    of(
                            "retinaface_10g",
                            "retinaface",
                            ModelContract.RETINAFACE,
                            NON_COMMERCIAL,
                            NO,
                            INSIGHTFACE),
                    of("yunet_2023_mar", "yunet", ModelContract.YUNET, "MIT", YES, "OpenCV"),
                    of("2dfan4", ModelContract.TWO_D_FAN_4, "MIT", YES, "breadbread1984"),
                    of("peppa_wutz", ModelContract.PEPPA_WUTZ, APACHE, YES, UNSTATED),
                    of("fan_68_5", ModelContract.FAN_68_5, RAIL, YES, FACEFUSION),
                    of(
                            "arcface_w600k_r50",
                            "arcface",
                            ModelContract.ARCFACE,
                            NON_COMMERCIAL,
                            NO,
                            INSIGHTFACE),
                    of("fairface", ModelContract.FAIRFACE, "CC-BY-4.0", YES, "dchen236"),
                    of("hyperswap_1a_256", ModelContract.HYPERSWAP, RESEARCH, NO, FACEFUSION),
                    of("hyperswap_1b_256", ModelContract.HYPERSWAP, RESEARCH, NO, FACEFUSION),
                    of("hyperswap_1c_256", ModelContract.HYPERSWAP, RESEARCH, NO, FACEFUSION),
                    of("inswapper_128", ModelContract.INSWAPPER, NON_COMMERCIAL, NO, INSIGHTFACE),
                    of(
                            "inswapper_128_fp16",
                            ModelContract.INSWAPPER,
                            NON_COMMERCIAL,
                            NO,
                            INSIGHTFACE),
                    of("ghost_1_256", ModelContract.GHOST, APACHE, YES, AI_FOREVER),
                    of("ghost_2_256", ModelContract.GHOST, APACHE, YES, AI_FOREVER),
                    of("ghost_3_256", ModelContract.GHOST, APACHE, YES, AI_FOREVER),
                    of(
                            "hififace_unofficial_256",
                            ModelContract.HIFIFACE,
                            UNSTATED,
                            UNKNOWN,
                            "GuijiAI"),
                    of("simswap_256", ModelContract.SIMSWAP_256, NON_COMMERCIAL, NO, NEURALCHEN),
                    of(
                            "simswap_unofficial_512",
                            ModelContract.SIMSWAP_512,
                            NON_COMMERCIAL,
                            NO,
                            NEURALCHEN),
                    of("blendswap_256", ModelContract.BLENDSWAP, NON_COMMERCIAL, NO, "mapooon"),
                    of("uniface_256", ModelContract.UNIFACE, UNSTATED, UNKNOWN, "xc-csc101"),
                    of("crossface_ghost", ModelContract.CROSSFACE, "OpenRAIL-MS", YES, FACEFUSION),
                    of(
                            "crossface_hififace",
                            ModelContract.CROSSFACE,
                            "OpenRAIL-MS",
                            YES,
                            FACEFUSION),
                    of(
                            "crossface_simswap",
                            ModelContract.CROSSFACE,
                            "OpenRAIL-MS",
                            YES,
                            FACEFUSION),
                    of("gfpgan_1.4", ModelContract.GFPGAN, APACHE, UNKNOWN, TENCENT),
                    of("gfpgan_1.3", ModelContract.GFPGAN, APACHE, UNKNOWN, TENCENT),
                    of("gfpgan_1.2", ModelContract.GFPGAN, APACHE, UNKNOWN, TENCENT),
                    of("codeformer", ModelContract.CODEFORMER, "S-Lab-1.0", NO, "sczhou"),
                    of(
                            "restoreformer_plus_plus",
                            ModelContract.RESTOREFORMER,
                            APACHE,
                            YES,
                            "wzhouxiff"),
                    of("gpen_bfr_256", ModelContract.GPEN_256, NON_COMMERCIAL, NO, YANGXY),
                    of("gpen_bfr_512", ModelContract.GPEN, NON_COMMERCIAL, NO, YANGXY),
                    of("gpen_bfr_1024", ModelContract.GPEN, NON_COMMERCIAL, NO, YANGXY),
                    of("gpen_bfr_2048", ModelContract.GPEN, NON_COMMERCIAL, NO, YANGXY),
                    of("xseg_1", ModelContract.XSEG, GPL, YES, DEEPFACELAB),
                    of("xseg_2", ModelContract.XSEG, GPL, YES, DEEPFACELAB),
                    of("xseg_3", ModelContract.XSEG, GPL, YES, DEEPFACELAB),
                    of("bisenet_resnet_34", ModelContract.BISENET, "MIT", YES, "yakhyo"),
                    of("bisenet_resnet_18", ModelContract.BISENET, "MIT", YES, "yakhyo"),
                    of("blazeface_back_256", ModelContract.BLAZEFACE, APACHE, YES, "MediaPipe"),
                    of("facemesh_468", ModelContract.FACEMESH, APACHE, YES, "MediaPipe"),
                    new KnownModel(
                            "canonical_face_mesh.json",
                            "canonical_face_mesh",
                            ModelContract.FACE_MESH,
                            APACHE,
                            YES,
                            "MediaPipe"),
                    of("face_embedding_128", ModelContract.FACE_EMBEDDING, "MIT", YES, "face-api"),
                    of("face_enhancer_512", ModelContract.GFPGAN, APACHE, YES, "this project"));

    /// All, in the order in which they are preferred: FaceFusion's defaults before their like.
    static List<KnownModel> all() {
        return ALL;
    }

    static Optional<KnownModel> ofFile(String file) {
        return ALL.stream().filter(model -> model.file.equals(file)).findFirst();
    }

    ListedModel in(Path directory) {
        return new ListedModel(
                directory,
                name,
                contract,
                file,
                Optional.empty(),
                license,
                commercialUse,
                "%s, as FaceFusion publishes it".formatted(vendor));
    }

    private static KnownModel of(
            String name,
            ModelContract contract,
            String license,
            CommercialUse commercialUse,
            String vendor) {
        return of(name, name, contract, license, commercialUse, vendor);
    }

    private static KnownModel of(
            String stem,
            String name,
            ModelContract contract,
            String license,
            CommercialUse commercialUse,
            String vendor) {
        return new KnownModel(stem + ".onnx", name, contract, license, commercialUse, vendor);
    }
}
