/* Sending files one after another: the file itself is the request's body, so that its progress can be told and it can
   be called off. fetch() cannot tell how much of it is gone; XMLHttpRequest can. */
import { page } from "../../js/page.js";
import { byId, el, setText } from "../../js/dom.js";
import { language, t } from "../../js/texts.js";
import { sizeWords } from "./words.js";

const MB = 1024 * 1024;

/* As it stands in the form: the server has the last word. */
function filmMost() {
  return Number(document.querySelector('[name="media_most_mb"]').value) || page.board.settings.media_most_mb;
}

export class Uploads {
  /* onDone(media) after each file that is in. */
  constructor(onDone) {
    this.onDone = onDone;
    this.waiting = [];
    this.current = null;
  }

  get isBusy() {
    return Boolean(this.current);
  }

  take(files) {
    Array.from(files).forEach((file) => {
      const line = this.line(file);
      const refusal = this.refusal(file);
      if (refusal) line.fail(refusal);
      else this.waiting.push({ file, line });
    });
    this.next();
  }

  /* What can be told before anything is sent; the server looks at it again. */
  refusal(file) {
    const isImage = file.type.slice(0, 6) === "image/";
    const most = isImage ? page.most.image_mb : filmMost();
    if (file.size > most * MB) return t("The file is larger than {n} MB, which is the limit here.", { n: most });
    if (file.size === 0) return t("The file is empty.");
    return "";
  }

  line(file) {
    const bar = el("progress", { max: 100, value: 0, "aria-label": t("Sent") });
    const said = el("p", { class: "small", role: "status" }, t("Waiting to be sent · {size}", { size: sizeWords(file.size) }));
    const stop = el("button", { type: "button", class: "button" }, t("Stop sending"));
    const node = el("li", { class: "sending-line" }, el("p", { class: "strong sending-name" }, file.name), bar, said, stop);
    byId("sending").append(node);
    const line = {
      progress: (sent, whole) => {
        bar.value = (100 * sent) / whole;
        setText(said, sent < whole ? t("{sent} of {size}", { sent: sizeWords(sent), size: sizeWords(whole) }) : t("Being looked at …"));
      },
      fail: (words) => {
        node.classList.add("has-failed");
        bar.remove();
        setText(said, words);
        setText(stop, t("Close"));
        stop.onclick = () => node.remove();
      },
      remove: () => node.remove(),
      stop,
    };
    stop.onclick = () => {
      this.waiting = this.waiting.filter((one) => one.line !== line);
      if (this.current && this.current.line === line) this.current.request.abort();
      else node.remove();
    };
    return line;
  }

  next() {
    if (this.current || !this.waiting.length) return;
    const { file, line } = this.waiting.shift();
    const request = new XMLHttpRequest();
    this.current = { request, line };
    const end = () => {
      this.current = null;
      this.next();
    };
    request.upload.onprogress = (event) => line.progress(event.loaded, event.total);
    request.onload = () => {
      this.settle(request, line);
      end();
    };
    request.onerror = () => {
      line.fail(t("The line broke off. Please send the file again."));
      end();
    };
    request.onabort = () => {
      line.remove();
      end();
    };
    request.open("POST", "/api/v1/media?name=" + encodeURIComponent(nameOf(file)));
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", document.querySelector('meta[name="csrf-token"]').content);
    request.setRequestHeader("X-Language", language());
    request.setRequestHeader("Accept", "application/json");
    request.send(file);
  }

  settle(request, line) {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch (error) {
      answer = {};
    }
    if (request.status === 201) {
      line.remove();
      this.onDone(answer);
    } else {
      line.fail(answer.detail || t("The server did not answer. Please try again."));
    }
  }
}

/* A file's name without its ending and without what cannot be seen; it is only a name in a list. */
export function nameOf(file) {
  const plain = file.name.replace(/\.[A-Za-z0-9]{1,5}$/, "").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "").replace(/\s+/g, " ").trim();
  return plain.normalize("NFC").slice(0, 120).trim() || t("Without a name");
}
