// The result beside the target, the download, and the marks that the file carries.

import { body, call } from "./api.js";
import { $, bytes, item, say, seconds, show } from "./dom.js";

const MARKS = {
  xmp: "XMP metadata",
  aigc: "AIGC label (GB 45438-2025)",
};

const ENDINGS = { "image/jpeg": "jpg", "image/png": "png", "video/mp4": "mp4" };

export function compare() {
  const slider = $("slider");
  const move = () => {
    const target = slider.valueAsNumber;
    slider.parentElement.style.setProperty("--at", `${target}%`);
    slider.setAttribute("aria-valuetext", `${target} % target, ${100 - target} % result`);
  };
  slider.addEventListener("input", move);
  return () => {
    slider.value = 50;
    move();
  };
}

/** Shows the picture or the video, then reads its marks back from the server. */
export async function showResult(blob, target, millis) {
  hideResult();
  const video = blob.type.startsWith("video/");
  const [before, after] = video ? [$("original"), $("player")] : [$("before"), $("after")];
  show($("players"), video);
  show($("compare"), !video);
  before.src = URL.createObjectURL(target);
  after.src = URL.createObjectURL(blob);
  $("download").href = after.src;
  $("download").download = fileName(target.name, blob.type);
  const size = video ? "" : await pixels(after);
  say($("facts"), `${size}${bytes(blob.size)}, in ${seconds(millis)}`);
  show($("result"));
  $("result-title").focus();
  await readMarks(blob);
}

export function hideResult() {
  show($("result"), false);
  for (const view of [$("before"), $("after"), $("original"), $("player")]) {
    URL.revokeObjectURL(view.src);
    view.removeAttribute("src");
  }
}

async function pixels(image) {
  await image.decode().catch(() => {});
  return `${image.naturalWidth} × ${image.naturalHeight} pixels, `;
}

// The target's name, its ending taken off, marked as what it is.
function fileName(targetName, type) {
  const stem = (targetName || "picture").replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60);
  return `${stem || "picture"}-swapped.${ENDINGS[type] ?? "png"}`;
}

async function readMarks(blob) {
  $("marks").replaceChildren(item("wait", "Reading them back…"));
  const form = new FormData();
  form.append("file", blob, "result");
  try {
    const seen = await body(await call("v1/verify", { method: "POST", body: form }), "json");
    $("marks").replaceChildren(...marks(seen));
  } catch (problem) {
    $("marks").replaceChildren(item("warn", `They could not be read back: ${problem.title}.`));
  }
}

function marks(seen) {
  if (!seen.marked) {
    return [item("warn", "None: nothing in this file says that it was made by a machine.")];
  }
  const lines = seen.marks.map((mark) => item("ok", MARKS[mark.kind] ?? mark.kind));
  const source = seen.digital_source_type?.split("/").at(-1);
  if (source) {
    lines.push(item("ok", `Declared as ${source.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()}`));
  }
  const made = [seen.producer && `by ${seen.producer}`, seen.produced_at && `on ${when(seen.produced_at)}`].filter(Boolean);
  if (made.length) {
    lines.push(item("ok", `Made ${made.join(" ")}`));
  }
  return lines;
}

function when(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}
