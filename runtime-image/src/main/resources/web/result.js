// The result beside the target, the download, and the marks that the file carries.

import { body, call } from "./api.js";
import { $, bytes, item, say, seconds, show } from "./dom.js";

const MARKS = {
  xmp: "XMP metadata",
  aigc: "AIGC label (GB 45438-2025)",
};

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

/** Shows the picture, then reads its marks back from the server. */
export async function showResult(blob, target, millis) {
  hideResult();
  const url = URL.createObjectURL(blob);
  $("before").src = URL.createObjectURL(target);
  $("after").src = url;
  $("download").href = url;
  $("download").download = fileName(target.name, blob.type);
  await $("after").decode().catch(() => {});
  say($("facts"), `${$("after").naturalWidth} × ${$("after").naturalHeight} pixels, ${bytes(blob.size)}, in ${seconds(millis)}`);
  show($("result"));
  $("result-title").focus();
  await readMarks(blob);
}

export function hideResult() {
  show($("result"), false);
  for (const image of [$("before"), $("after")]) {
    URL.revokeObjectURL(image.src);
    image.removeAttribute("src");
  }
}

// The target's name, its ending taken off, marked as what it is.
function fileName(targetName, type) {
  const stem = (targetName || "picture").replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60);
  return `${stem || "picture"}-swapped.${type === "image/jpeg" ? "jpg" : "png"}`;
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
