// The page: one form, one task at a time, one result.

import { Problem, useKey } from "./api.js";
import { $, bytes, fault, show } from "./dom.js";
import { watchHealth } from "./health.js";
import { follow, forget, idempotencyKey, picture, submit } from "./job.js";
import { chosenOptions, options } from "./options.js";
import { hideProblem, showProblem } from "./problem.js";
import { hideProgress, lostConnection, showJob, showProgress } from "./progress.js";
import { compare, hideResult, showResult } from "./result.js";
import { slots } from "./slots.js";

const TITLE = document.title;

// What the server said last; a page that has not heard from it asks for consent.
let policy = { consent_required: true };
// The submission under way, or lost and to be taken up again: the same key is the same job.
let task = null;
let running = false;

const pictures = slots(changed);
const resetSlider = compare();
options();
const askHealth = watchHealth((status) => {
  policy = { ...policy, ...status };
  $("consent-need").textContent = policy.consent_required ? "" : "(optional here)";
  const refused = status?.refused;
  if (status?.authentication === "required") {
    show($("access"));
  }
  fault($("key"), refused && $("key").value ? refused.title : "");
});

$("use-key").addEventListener("click", () => {
  useKey($("key").value);
  askHealth();
});
$("key").addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    $("use-key").click();
  }
});
$("swap").addEventListener("input", changed);
$("swap").addEventListener("submit", (event) => {
  event.preventDefault();
  const wrong = faults();
  if (wrong) {
    wrong.focus();
  } else if (!running) {
    run();
  }
});
$("cancel").addEventListener("click", () => task?.abort.abort());
$("next").addEventListener("click", () => {
  hideResult();
  pictures.target.chooser.focus();
});
// Nobody could fetch the result any more: the place in the queue is for someone else.
addEventListener("pagehide", () => task?.id && forget(task.id));

/** Says what is missing. Returns the first field that is, if any. */
function faults() {
  const { source, target } = pictures;
  const limit = policy.max_body_bytes;
  const missing = (slot) => (slot.file ? "" : slot.id === "target" ? "Choose a target picture or video." : "Choose a source picture.");
  const size = (source.file?.size ?? 0) + (target.file?.size ?? 0);
  const larger = (source.file?.size ?? 0) > (target.file?.size ?? 0) ? source : target;
  const heavy = limit && size > limit ? `Both files together may have ${bytes(limit)}: they have ${bytes(size)}.` : "";
  const ticked = $("consent").checked;
  const checks = [
    [source.chooser, missing(source) || (larger === source ? heavy : "")],
    [target.chooser, missing(target) || (larger === target ? heavy : "")],
    [$("consent"), policy.consent_required && !ticked ? "This server swaps faces with consent only." : ""],
    [$("reference"), ticked && !$("reference").value.trim() ? "Say where the consent is written down." : ""],
    [$("swapper"), chosenOptions().frame_processors.length ? "" : "Choose at least one step."],
  ];
  checks.forEach(([field, text]) => fault(field, text));
  const first = checks.find(([, text]) => text)?.[0];
  $("options").open ||= first === $("swapper");
  return first;
}

// Another form is another task; what was wrong may be right now.
function changed() {
  startAfresh();
  if (document.querySelector("#task [aria-invalid]")) {
    faults();
  }
}

function startAfresh() {
  if (task?.id) {
    forget(task.id);
  }
  task = null;
}

function form() {
  const data = new FormData();
  data.append("source", pictures.source.file);
  data.append("target", pictures.target.file);
  data.append("options", JSON.stringify(chosenOptions()));
  if ($("consent").checked) {
    data.append("consent", $("reference").value.trim());
  }
  return data;
}

async function run() {
  const mine = (task ??= { key: idempotencyKey() });
  const { signal } = (mine.abort = new AbortController());
  const start = performance.now();
  busy(true);
  try {
    const image = await swapped(mine, signal);
    const millis = performance.now() - start;
    busy(false);
    startAfresh(); // the server need not keep what is shown here
    resetSlider();
    await showResult(image, pictures.target.file, millis);
  } catch (cause) {
    busy(false);
    failed(cause, signal);
  }
}

async function swapped(mine, signal) {
  if (!mine.id) {
    mine.id = (await submit(form(), mine.key, signal)).id;
  }
  const job = await follow(mine.id, showJob, lostConnection, signal);
  if (job.state !== "succeeded") {
    throw new Problem(job.problem ?? { title: "The swap was cancelled", remedy: "Start it again when you like." });
  }
  return picture(job, signal);
}

function failed(cause, signal) {
  if (signal.aborted) {
    startAfresh();
    $("submit").focus();
    return;
  }
  if (!(cause instanceof Problem)) {
    throw cause;
  }
  const taken = task?.id && cause.lost;
  if (!cause.lost) {
    startAfresh();
  }
  showProblem(cause, worthAgain(cause) ? (taken ? "Go on" : "Try again") : undefined, run);
}

// The same request would be refused again for anything that is wrong with it.
function worthAgain({ lost, status }) {
  return lost || status === 408 || status === 429 || status >= 500;
}

function busy(yes) {
  running = yes;
  $("task").disabled = yes;
  show($("submit"), !yes);
  document.title = yes ? `Working… ${TITLE}` : TITLE;
  if (yes) {
    hideProblem();
    hideResult();
    showProgress("Sending the files…");
    $("cancel").focus();
  } else {
    hideProgress();
    askHealth();
  }
}
