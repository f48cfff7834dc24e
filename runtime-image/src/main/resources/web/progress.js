// How far the swap is.

import { $, say, show } from "./dom.js";

// The server names the last stage that is done.
const STAGES = {
  decode: "picture read",
  detect: "faces found",
  mesh: "face measured",
  warp: "face fitted",
  mask: "outline found",
  colour: "colours matched",
  blend: "blended in",
  enhance: "sharpened",
  encode: "picture written",
};

export function showProgress(text) {
  show($("progress"));
  $("progress-bar").removeAttribute("value");
  say($("progress-word"), text);
}

export function hideProgress() {
  show($("progress"), false);
}

export function lostConnection() {
  say($("progress-word"), "Connection lost, trying again…");
}

/** Shows a job as the server described it. */
export function showJob(job) {
  if (job.state === "queued") {
    const ahead = job.position ?? 0;
    $("progress-bar").removeAttribute("value");
    say($("progress-word"), ahead === 0 ? "Next in the queue" : `Waiting: ${ahead} ${ahead === 1 ? "task" : "tasks"} ahead`);
  } else if (job.state === "running") {
    const stage = job.progress?.stage;
    $("progress-bar").value = job.progress?.fraction ?? 0;
    say($("progress-word"), `Running${stage ? `: ${STAGES[stage] ?? stage}` : frames(job.progress)}`);
  }
}

// Of a video; nothing before the first frame.
function frames({ frames_done: done, frames_total: total, frames_per_second: pace, remaining_seconds: left } = {}) {
  if (done === undefined) {
    return "";
  }
  const rest = left === undefined ? "" : `, about ${left < 90 ? `${left} s` : `${Math.round(left / 60)} min`} left`;
  return `: frame ${done} of ${total}, ${pace} a second${rest}`;
}
