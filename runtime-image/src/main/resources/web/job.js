// One job of the task API: send it, follow it, fetch its result, end it.

import { body, call, Problem } from "./api.js";

const ENDED = ["succeeded", "failed", "cancelled"];
const RECONNECTS = 5;
const NOT_NOW = [429, 502, 503, 504];

/** A key that makes a repeated submission the same job. Works without a secure context too. */
export function idempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends the form. Returns the job as the server knows it. */
export async function submit(form, key, signal) {
  const headers = { "Idempotency-Key": key, "X-Priority": "interactive" };
  return body(await call("v1/jobs", { method: "POST", body: form, headers, signal }), "json");
}

/**
 * Follows a job until it has ended, through broken connections.
 * @param {(job: object) => void} onChange told of every state the server sends
 * @param {() => void} onLost told when the connection broke and is being made again
 */
export async function follow(id, onChange, onLost, signal) {
  let last = "";
  for (let failures = 0; ; failures++) {
    try {
      const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
      const response = await call(`v1/jobs/${encodeURIComponent(id)}/events`, { headers, signal });
      for await (const event of events(response.body)) {
        failures = 0;
        last = event.id || last;
        if (event.type === "job") {
          const job = JSON.parse(event.data);
          onChange(job);
          if (ENDED.includes(job.state)) {
            return job;
          }
        }
      }
    } catch (cause) {
      // A broken stream throws whatever the browser likes; a refusal is an answer, but for "not now".
      if (signal.aborted || (cause instanceof Problem && !cause.lost && !NOT_NOW.includes(cause.status))) {
        throw cause;
      }
    }
    if (failures >= RECONNECTS) {
      throw unreachable();
    }
    onLost();
    await pause(Math.min(250 * 2 ** failures, 4000), signal);
  }
}

/** The picture or video of a job that succeeded, as a blob of its media type. */
export async function picture(job, signal) {
  return body(await call(`v1/jobs/${encodeURIComponent(job.id)}/result`, { signal }), "blob");
}

/** Cancels the job if it runs, and has the server forget its files. Works while the page closes. */
export function forget(id) {
  return call(`v1/jobs/${encodeURIComponent(id)}`, { method: "DELETE", keepalive: true }).catch(() => {});
}

/** The events of a `text/event-stream`. EventSource would do, but it sends no credentials. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        yield event(block);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function event(block) {
  const fields = { id: "", type: "message", data: [] };
  for (const line of block.split("\n")) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (name === "data") {
      fields.data.push(value);
    } else if (name === "id") {
      fields.id = value;
    } else if (name === "event") {
      fields.type = value;
    }
  }
  return { ...fields, data: fields.data.join("\n") };
}

function unreachable() {
  return new Problem({
    lost: true,
    title: "The connection to the server is lost",
    detail: "The swap may still be running there.",
    remedy: "Check the connection, then go on: the same swap is picked up again.",
  });
}

function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
