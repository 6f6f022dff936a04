/* The one way from a page to /api/v1. A deed keeps one Idempotency-Key over all its tries,
   so pressing, losing the line and trying again can never do it twice. */
import { language } from "./texts.js";

const TIMEOUT_MS = 8000;
const UNSETTLED = ["network", "timeout", "unreadable"];
const UNSETTLED_STATUS = [500, 502, 503, 504];

export class ApiError extends Error {
  /* code: the problem's stable code, or "network", "timeout", "unreadable"; detail: words for the reader or "". */
  constructor(code, status, detail, problem) {
    super(code);
    this.code = code;
    this.status = status || 0;
    this.detail = detail || "";
    this.problem = problem || {};
  }

  /* No answer that settles it: the deed may or may not have been done, so the same key must be sent again. */
  get unsettled() {
    return UNSETTLED.indexOf(this.code) >= 0 || UNSETTLED_STATUS.indexOf(this.status) >= 0;
  }
}

export function newKey() {
  // crypto.randomUUID exists only on https and localhost; a kiosk may well use http on the LAN
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => (b < 16 ? "0" : "") + b.toString(16)).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function within(promise, ms) {
  // AbortController came with Chromium 66: the old TVs can only stop listening
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ApiError("timeout")), ms);
    promise.then(
      (value) => { clearTimeout(timer); resolve(value); },
      (error) => { clearTimeout(timer); reject(error); }
    );
  });
}

/* A practice page: everything it asks is answered from a sandbox with made-up tickets. */
export function isPractice() {
  return document.documentElement.classList.contains("training");
}

function headersFor(key, body) {
  const headers = { Accept: "application/json", "X-Language": language() };
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (key && meta) headers["X-CSRF-Token"] = meta.content;
  if (key) headers["Idempotency-Key"] = key;
  if (isPractice()) headers["X-Training"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return headers;
}

async function exchange(method, url, body, key) {
  let response;
  let text;
  try {
    response = await fetch(url, {
      method,
      headers: headersFor(key, body),
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
    text = await response.text();
  } catch (error) {
    throw new ApiError("network");
  }
  return understand(response, text);
}

function understand(response, text) {
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch (error) {
    throw new ApiError("unreadable", response.status);
  }
  if (response.ok) return data;
  const problem = data || {};
  throw new ApiError(problem.code || "http_" + response.status, response.status, problem.detail || problem.title, problem);
}

export function get(url, timeoutMs) {
  return within(exchange("GET", url), timeoutMs || TIMEOUT_MS);
}

/* const d = deed("POST", "/api/v1/tickets", {service: "A"}); await d.send(); and again d.send() when unsettled. */
export function deed(method, url, body, key) {
  const ownKey = key || newKey();
  const sent = body === undefined ? {} : body;
  return {
    key: ownKey,
    body: sent,
    send: (timeoutMs) => within(exchange(method, url, sent, ownKey), timeoutMs || TIMEOUT_MS),
  };
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/* Sends one deed until it is settled. options: onWaiting(tries) after each unsettled try; stop() → true gives up,
   throwing the last error. */
export async function settle(oneDeed, options) {
  const { onWaiting, stop } = options || {};
  for (let tries = 1; ; tries += 1) {
    try {
      return await oneDeed.send();
    } catch (error) {
      if (!error.unsettled) throw error;
      if (onWaiting) onWaiting(tries);
      if (stop && stop(tries)) throw error;
      await pause(Math.min(500 * tries, 3000));
      if (stop && stop(tries)) throw error;
    }
  }
}
