// The server's health and queue at a glance.

import { $, say, seconds, shaped, show } from "./dom.js";
import { call } from "./api.js";

const PERIOD_MILLIS = 4000;

const WORDS = {
  healthy: ["ok", "Ready"],
  degraded: ["warn", "Degraded"],
  draining: ["stop", "Shutting down"],
  stalled: ["stop", "Stuck"],
  starting: ["wait", "Starting"],
  locked: ["wait", "Key needed"],
  unreachable: ["stop", "Not reachable"],
};

const REASONS = {
  models_not_loaded: "The models cannot be loaded.",
  cpu_fallback: "It runs on the processor instead of the accelerator: slower than usual.",
  tasks_failing: "Many swaps failed lately.",
  gpu_lost: "A graphics card is gone or must be reset.",
  gpu_ecc_errors: "A graphics card's memory has errors.",
  gpu_xid: "A graphics card reported a fault.",
  gpu_throttled: "A graphics card is too hot: slower than usual.",
  gpu_telemetry_stale: "A graphics card's driver does not answer.",
  self_test_failed: "A test picture did not come out as it should: results may be wrong.",
  nan_output: "A model gave values that are no numbers: some swaps failed.",
  drift: "Results look less like their sources than usual, or fewer pictures show a face.",
};

/**
 * Asks for the status every few seconds while the page is seen.
 * @param {(status: object|null) => void} onStatus null while it is not known
 * @returns asks at once
 */
export function watchHealth(onStatus) {
  let timer;
  let round = 0;
  const ask = async () => {
    clearTimeout(timer);
    const mine = ++round;
    let locked = false;
    try {
      const status = await (await call("v1/status")).json();
      if (mine === round) {
        render(status);
        onStatus(status);
      }
    } catch (problem) {
      locked = problem.status === 401;
      if (mine === round) {
        word(locked ? "locked" : "unreachable");
        clear();
        onStatus(locked ? { authentication: "required", refused: problem } : null);
      }
    }
    // A wrong key stays wrong: the next one asks again.
    if (mine === round && !document.hidden && !locked) {
      timer = setTimeout(ask, PERIOD_MILLIS);
    }
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  ask();
  return ask;
}

function render(status) {
  const name = status.status === "healthy" && !status.accepting ? "starting" : status.status;
  word(name);
  say($("health-figures"), figures(status));
  const lines = status.reasons.map((reason) => REASONS[reason] ?? `${reason.replaceAll("_", " ")}.`);
  $("health-reasons").replaceChildren(
    ...lines.map((line) => {
      const li = document.createElement("li");
      li.textContent = line;
      return li;
    }),
  );
  show($("health-reasons"), lines.length > 0);
}

function figures(status) {
  const parts = [
    `${status.task_queue_length} of ${status.task_queue_capacity} waiting`,
    `${status.tasks_in_flight} running`,
  ];
  if (status.inference_ms) {
    parts.push(`about ${seconds(status.inference_ms.p50)} each`);
  }
  return parts.join(" · ");
}

function word(name) {
  const [shape, text] = WORDS[name] ?? ["warn", name];
  shaped($("health-word"), shape);
  say($("health-word").querySelector("span"), text);
}

function clear() {
  say($("health-figures"), "");
  show($("health-reasons"), false);
}
