/* A board's page in which time is a number: months pass in a minute. Put into the page before its own scripts.
   Timers, Date, performance.now, the socket, fetch and the loudspeaker are this file's; drawing is the browser's own. */
(() => {
  const yieldOnce = window.setTimeout.bind(window);
  const RealDate = Date;
  const BEGIN = RealDate.parse("2026-11-23T00:00:00.000Z");
  const DAY_MS = 24 * 3600 * 1000;
  let elapsed = 0;
  let made = 0;
  const timers = new Map();
  const iso = (ms) => new RealDate(BEGIN + ms).toISOString();

  window.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length ? given : [BEGIN + elapsed]));
    }

    static now() {
      return BEGIN + elapsed;
    }
  };
  performance.now = () => elapsed;
  const later = (work, ms, every, given) => {
    made += 1;
    timers.set(made, { at: elapsed + Math.max(ms || 0, 1), every, work, given });
    return made;
  };
  window.setTimeout = (work, ms, ...given) => later(work, ms, 0, given);
  window.setInterval = (work, ms, ...given) => later(work, ms, Math.max(ms, 1), given);
  window.clearTimeout = window.clearInterval = (id) => { timers.delete(id); };

  function advance(ms) {
    elapsed += ms;
    for (const [id, timer] of timers) {
      if (timer.at > elapsed) continue;
      if (timer.every) timer.at = elapsed + timer.every;
      else timers.delete(id);
      timer.work(...timer.given);
    }
  }

  /* Asking how large something is makes the browser lay the page out. It does so for the states that are looked at; for
     those between, the last answer will do. */
  let isLean = false;
  function remember(prototype, name, isMethod) {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    const ask = isMethod ? found.value : found.get;
    const known = new WeakMap();
    const answer = function () {
      if (!isLean || !known.has(this)) known.set(this, ask.call(this));
      return known.get(this);
    };
    Object.defineProperty(prototype, name, isMethod ? { value: answer } : { get: answer });
  }
  ["clientWidth", "clientHeight", "scrollWidth", "scrollHeight"].forEach((name) => remember(Element.prototype, name));
  ["offsetWidth", "offsetHeight"].forEach((name) => remember(HTMLElement.prototype, name));
  remember(Element.prototype, "getBoundingClientRect", true);

  const styleOf = window.getComputedStyle.bind(window);
  const sizes = new WeakMap();
  window.getComputedStyle = (node) => {
    if (!isLean || !sizes.has(node)) sizes.set(node, { fontSize: styleOf(node).fontSize });
    return sizes.get(node);
  };

  const heard = {};
  const io = () => ({
    connected: true,
    active: true,
    on(name, work) { heard[name] = work; return this; },
    emit() { return this; },
    connect() { return this; },
    disconnect() { return this; },
  });
  // the real client comes later, and finds its place taken
  Object.defineProperty(window, "io", { get: () => io, set() {} });

  let shown = null;
  // the first timer of all: whenever time has passed, the server is heard first
  window.setInterval(() => {
    if (shown) heard.beat({ epoch: shown.epoch, seq: shown.seq, now: iso(elapsed) });
  }, 5000);
  window.fetch = async (url) => new Response(String(url).includes("/api/") ? JSON.stringify(shown) : new ArrayBuffer(64));

  class Node {
    constructor() {
      this.gain = { cancelScheduledValues() {}, setValueAtTime() {}, setTargetAtTime() {} };
    }

    connect() {}

    disconnect() {}

    start(at) {
      soak.spoken += 1;
      later(() => { if (this.onended) this.onended(); }, at * 1000 - elapsed + 500, 0, []);
    }

    stop() {}
  }
  window.AudioContext = class {
    constructor() { this.state = "running"; }

    get currentTime() { return elapsed / 1000; }

    createGain() { return new Node(); }

    createBufferSource() { return new Node(); }

    decodeAudioData(bytes, done) { done({ duration: 0.5, sampleRate: 24000 }); }

    async resume() { this.state = "running"; }

    async suspend() { this.state = "suspended"; }
  };

  let seq = 1000;
  let calls = [];
  const pad = (n) => String(n).padStart(3, "0");

  function callAgain() {
    const one = calls[seq % calls.length];
    calls = [{ ...one, state: "called", calls: one.calls + 1, call_seq: seq, at: iso(elapsed) }, ...calls.filter((other) => other !== one)];
  }

  function callNext(day, index) {
    const counter = 1 + (index % 6);
    const fresh = {
      number: "ABCDEF"[index % 6] + pad(1 + Math.floor(index / 6)), counter, counter_name: "", zone: null, call_seq: seq, at: iso(elapsed),
      calls: 1, state: "called", arrow: index % 2 ? "left" : null, hint: index % 3 ? "" : "Cuối hành lang", hint_en: "",
    };
    const rest = calls.map((one) => (one.counter === counter ? { ...one, state: "finished" } : { ...one, state: one.state === "called" ? "serving" : one.state }));
    calls = [fresh, ...rest].slice(0, 6);
  }

  function ticker(index, isNight) {
    const lines = [{ id: "t0", words: "Xin giữ trật tự trong phòng chờ. " + (index % 40 ? "" : "Hôm nay điểm phục vụ nhận hồ sơ đến 17 giờ."), words_en: "", urgent: false }];
    if (!isNight && index % 25 < 4) lines.unshift({ id: "n" + Math.floor(index / 25), words: "Mất điện, xin ông bà chờ ít phút (" + index + ")", words_en: "", urgent: true });
    return lines;
  }

  function panel(pictures, index) {
    const items = pictures.map((url, n) => ({ id: "m" + n, kind: "image", url, seconds: 12, name: "Tranh " + n }));
    const rows = [1, 2, 3].map((n) => ({ counter: n, field: "Hộ tịch", officer: "Nguyễn Thị H.", backup: "" }));
    items.push({ id: "roster", kind: "roster", seconds: 15, day: "2026-11-23", rows });
    return { items: index % 100 < 90 ? items : items.slice(1) };
  }

  /* One whole state. At night nobody waits and nothing is called. */
  function next(first, pictures, day, index, isNight) {
    seq += 1 + (index % 3);
    if (isNight) calls = calls.map((one) => ({ ...one, state: "finished" }));
    else if (calls.length && index % 7 === 3) callAgain();
    else callNext(day, index);
    const counters = [1, 2, 3, 4, 5, 6].map((number) => ({
      number, name: "", zone: null, state: isNight ? "closed" : "open", arrow: null, hint: "", hint_en: "",
      call: calls.find((one) => one.counter === number && one.state !== "finished") || null,
    }));
    const say = calls.filter((one) => one.state === "called" && one.call_seq > seq - 6).map((one) => ({
      seq: one.call_seq, kind: "call", number: one.number, counter: one.counter, at: one.at, calls: one.calls,
      parts: [{ language: "vi", gap_ms: 60, clips: ["moi-so", "digit-" + (index % 10), "number-" + one.counter].map((name) => ["/static/voice/" + name + ".mp3?v=" + day, null]) }],
    })).reverse();
    return {
      ...first, seq, now: iso(elapsed), open: !isNight, opens_at: isNight ? iso(elapsed + 3600000) : null, calls, counters,
      look: { ...first.look, layout: day % 2 ? "table" : "one", theme: day % 4 > 1 ? "dark" : "light" },
      waiting: first.waiting.map((one, n) => ({ ...one, waiting: isNight ? 0 : (index + n) % 19 })),
      ticker: ticker(index, isNight), panel: isNight ? { items: [] } : panel(pictures, index),
      voice: { ...first.voice, room: "", speaker: soak.name, on: true, quiet: false, speed: 100, volume: 100, times: 2, chime: ["/static/voice/chime.mp3", null], say },
    };
  }

  const soak = {
    spoken: 0,
    states: 0,
    wrong: [],
    name: null,

    /* One day: `day` states by day, `night` by night, which the page draws at several moments each. */
    async run(number, pictures, daytime, nighttime) {
      const first = JSON.parse(document.getElementById("state").textContent);
      for (let index = 0; index < daytime + nighttime; index += 1) {
        const isNight = index >= daytime;
        const isWatched = isNight || index % 30 === 0;
        isLean = !isWatched;
        shown = next(first, pictures, number, index, isNight);
        soak.states += 1;
        heard.board(JSON.parse(JSON.stringify(shown)));
        const span = isNight ? (DAY_MS * 0.6) / nighttime : (DAY_MS * 0.4) / daytime;
        for (const part of isWatched ? [250, 250, 3500, 11000] : []) {
          advance(part);
          // promises, pictures and the drawing have their turn
          if (part > 3000) await new Promise((done) => yieldOnce(done));
        }
        advance(isWatched ? span - 15000 : span);
        if (isWatched) this.check(isNight);
        else await null;
      }
      return soak.states;
    },

    /* What is on the screen is what the newest state has. */
    check(isNight) {
      const rows = [...document.querySelectorAll("#calls .row-number")].map((one) => one.getAttribute("data-text"));
      const wanted = calls.map((one) => one.number);
      const isTable = document.getElementById("main").classList.contains("layout-table");
      if (!isTable && JSON.stringify(rows) !== JSON.stringify(wanted)) this.wrong.push([soak.states, rows, wanted]);
      const night = !document.getElementById("night").hidden;
      if (night !== isNight) this.wrong.push([soak.states, "night", night]);
    },
  };
  // the screen's name is random: with this it is known who has the word
  const random = Math.random;
  Math.random = () => {
    const found = random();
    if (soak.name === null) soak.name = found.toString(36).slice(2, 12);
    return found;
  };
  window.soak = soak;
})();
