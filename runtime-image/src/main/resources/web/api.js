// Calls to the task API. Every failure is thrown as a Problem.

const UNREACHABLE = {
  lost: true,
  title: "The server cannot be reached",
  detail: "It did not answer, or the connection broke.",
  remedy: "Check that it runs and that you are online, then try again.",
};

// In memory only: a reload forgets it.
let key = "";

export function useKey(value) {
  key = value.trim();
}

/** What went wrong, in the words of RFC 9457. `lost`: there was no answer, and nobody knows what became of it. */
export class Problem extends Error {
  constructor({ title, status = 0, detail = "", remedy = "", request_id = "", lost = false }, retryAfter = 0) {
    super(title);
    Object.assign(this, { title, status, detail, remedy, requestId: request_id, lost, retryAfter });
  }
}

/** An answer with a 2xx status. An aborted call throws the AbortError as it is. */
export async function call(path, { headers = {}, ...options } = {}) {
  const response = await fetch(path, {
    cache: "no-store",
    credentials: "same-origin",
    ...options,
    headers: { ...credentials(), ...headers },
  }).catch((cause) => {
    throw cause.name === "AbortError" ? cause : new Problem(UNREACHABLE);
  });
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

/** The body of an answer. The connection may break in the middle of it. */
export async function body(response, kind) {
  try {
    return await response[kind]();
  } catch (cause) {
    throw cause.name === "AbortError" ? cause : new Problem(UNREACHABLE);
  }
}

// The server takes both kinds, keys and tokens, as a bearer's.
function credentials() {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

async function problem(response) {
  const retryAfter = Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0;
  const type = response.headers.get("Content-Type") ?? "";
  const said = type.startsWith("application/problem+json") ? await response.json().catch(() => ({})) : {};
  return new Problem(
    {
      title: `The server answered ${response.status}`,
      detail: "Something between this page and the runtime may have answered in its place.",
      request_id: response.headers.get("X-Request-Id") ?? "",
      ...said,
      status: response.status,
    },
    retryAfter,
  );
}
