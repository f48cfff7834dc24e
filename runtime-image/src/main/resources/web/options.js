// The options, under FaceFusion's names.

import { $ } from "./dom.js";

const chosen = (name) => [...document.querySelectorAll(`[name=${name}]:checked`)].map((input) => input.value);

export function options() {
  const blend = $("blend-ratio");
  const quality = $("output-quality");
  const refresh = () => {
    blend.disabled = !chosen("frame_processors").includes("face_enhancer");
    quality.disabled = chosen("output_format")[0] !== "jpeg";
    $("options").querySelectorAll("output").forEach((output) => {
      output.value = $(output.htmlFor.value).value;
    });
  };
  $("options").addEventListener("input", refresh);
  refresh();
}

/** As the API wants them. */
export function chosenOptions() {
  return {
    frame_processors: chosen("frame_processors"),
    blend_ratio: $("blend-ratio").valueAsNumber,
    output_format: chosen("output_format")[0],
    output_quality: $("output-quality").valueAsNumber,
  };
}
