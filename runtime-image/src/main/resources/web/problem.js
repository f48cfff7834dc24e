// What went wrong, what to do about it, and a way to do it.

import { $, say, show } from "./dom.js";

let timer;

/**
 * Shows a problem and moves the focus to it.
 * @param {string} [word] of the button that tries again; none without it
 */
export function showProblem(problem, word, onAgain) {
  clearInterval(timer);
  say($("problem-title"), problem.title);
  say($("problem-detail"), problem.detail);
  say($("problem-remedy"), problem.remedy);
  say($("problem-request").querySelector("code"), problem.requestId);
  show($("problem-request"), problem.requestId !== "");
  again(problem.retryAfter, word, onAgain);
  show($("problem"));
  $("problem").focus();
}

export function hideProblem() {
  clearInterval(timer);
  show($("problem"), false);
}

// Until the time is up the button says how long; it stays focusable, so that nobody loses their place.
function again(waitSeconds, word, onAgain) {
  const button = $("again");
  show(button, word !== undefined);
  const end = performance.now() + waitSeconds * 1000;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    button.setAttribute("aria-disabled", String(left > 0));
    say(button, left > 0 ? `${word} in ${left} s` : word);
    if (left <= 0) {
      clearInterval(timer);
    }
  };
  button.onclick = () => button.getAttribute("aria-disabled") === "true" || onAgain();
  tick();
  if (waitSeconds > 0) {
    timer = setInterval(tick, 250);
  }
}
