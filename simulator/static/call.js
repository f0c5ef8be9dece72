// A phone for calls: dial, listen, press, speak, hang up; and the clinic's calls ring here.

import { post } from "./api.js";
import { make, stamp, toBottom, toast } from "./dom.js";
import { t } from "./i18n.js";
import { Speaker, listener } from "./speech.js";

const KEYS = [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"], ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", "+"], ["#", ""]];
const STATES = { talking: "callTalking", listening: "callListening", recording: "callRecording", dialing: "callDialing", bridged: "callBridged", ended: "callEnded" };

export class CallPhone {
  constructor(root) {
    this.root = root;
    root.append(stamp("call-template"));
    this.find = (selector) => root.querySelector(selector);
    this.transcript = this.find(".transcript");
    this.speaker = new Speaker();
    this.listen = listener();
    this.call = null;
    this.buildKeypad();
    this.find(".take").addEventListener("click", () => this.takeOrDial());
    this.find(".end").addEventListener("click", () => this.act("hang-up"));
    this.find(".voicemail").addEventListener("click", () => this.act("answer", { by: "machine" }));
    this.find(".sound").addEventListener("click", () => this.toggleSound());
    this.find(".speak").addEventListener("submit", (event) => this.speak(event));
    this.find(".mic").addEventListener("click", () => this.useMic());
    this.find(".mic").hidden = !this.listen;
    for (const button of root.querySelectorAll("[data-outcome]")) {
      button.addEventListener("click", () => this.act("transfer", { outcome: button.dataset.outcome }));
    }
    setInterval(() => this.showState(), 1000);
  }

  buildKeypad() {
    this.find(".keypad").append(
      ...KEYS.map(([key, letters]) =>
        make("button", { type: "button", "data-key": key, on: { click: () => this.press(key) } }, make("span", { text: key }), make("small", { text: letters, "aria-hidden": "true" })),
      ),
    );
  }

  use(phone) {
    this.speaker.stop();
    this.phone = phone;
    this.call = null;
    this.started = 0;
    this.spoken = 0;
    this.render();
  }

  translate() {
    for (const button of this.find(".keypad").children) {
      const name = { "*": t("star"), "#": t("pound") }[button.dataset.key] ?? button.dataset.key;
      button.setAttribute("aria-label", `${t("key")} ${name}`);
    }
    this.transcript.setAttribute("aria-label", t("callPhone"));
    this.render();
  }

  shown() {
    toBottom(this.transcript);
  }

  take(calls) {
    const call = calls.at(-1);
    if (this.call?.sid !== call.sid) {
      this.spoken = call.phase === "ended" ? call.lines.length : 0;
      this.started = Date.now();
    }
    if (call.started && !this.call?.started) this.started = Date.now();
    this.call = call;
    if (call.phase === "ended") this.speaker.stop();
    this.render();
    this.hearNew();
  }

  get live() {
    return Boolean(this.call) && this.call.phase !== "ended";
  }

  get incoming() {
    return this.live && this.call.phase === "ringing" && this.call.direction !== "inbound";
  }

  get voicemail() {
    return this.live && this.call.answered_by?.startsWith("machine");
  }

  // Every new line is said, then the other end is told that it was heard.
  hearNew() {
    if (!this.live || this.call.phase === "ringing") return;
    const sid = this.call.sid;
    for (const line of this.call.lines.slice(this.spoken)) {
      this.spoken = line.index;
      if (line.who === "patient") continue;
      const done = () => post(`calls/${sid}/heard`, { index: line.index }).catch(() => {});
      this.speaker.add(["say", "error"].includes(line.kind) ? line.text : "", line.language, done);
    }
  }

  render() {
    const live = this.live;
    this.root.dataset.phase = this.call?.phase ?? "idle";
    this.root.dataset.incoming = String(this.incoming);
    this.root.dataset.voicemail = String(this.voicemail);
    this.find(".end").setAttribute("aria-label", t(this.incoming ? "decline" : "hangUp"));
    this.find(".take").hidden = live && !this.incoming;
    this.find(".end").hidden = !live;
    this.find(".voicemail").hidden = !this.incoming;
    this.find(".sound").hidden = this.incoming;
    const talking = live && !["ringing", "dialing"].includes(this.call.phase);
    this.find(".speak").hidden = !talking;
    this.find(".keypad").inert = !talking;
    const moving = ["dialing", "bridged"].includes(this.call?.phase);
    this.find(".transfer").hidden = !moving;
    for (const button of this.root.querySelectorAll("[data-outcome]")) {
      button.hidden = (button.dataset.outcome === "over") !== (this.call?.phase === "bridged");
    }
    this.showState();
    this.showLines();
  }

  showState() {
    const seconds = this.live ? Math.floor((Date.now() - this.started) / 1000) : 0;
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const phase = this.call?.phase;
    let words = t("callIdle");
    if (this.incoming) words = t("callIncoming");
    else if (phase === "ringing") words = t("callConnecting");
    else if (this.voicemail) words = t("callVoicemail");
    else if (phase) words = t(STATES[phase]);
    if (this.live && phase !== "ringing") words = `${words} · ${clock}`;
    if (this.find(".state").textContent !== words) this.find(".state").textContent = words;
  }

  showLines() {
    const lines = (this.call?.lines ?? []).map((line) => this.line(line)).filter(Boolean);
    if (!lines.length) lines.push(make("p", { class: "empty", text: t("callEmpty") }));
    const drawn = `${lines.length} ${this.call?.phase}`;
    this.transcript.replaceChildren(...lines);
    if (drawn !== this.drawn) toBottom(this.transcript);
    this.drawn = drawn;
  }

  line(line) {
    const mine = line.who === "patient";
    let words = line.text;
    if (line.kind === "digits") words = `${t("pressed")} ${line.text}`;
    else if (line.kind === "beep") words = t("beep");
    else if (line.kind === "play") words = t("audio");
    else if (line.kind === "dial") words = `${t("callDialing")} ${line.text}`;
    else if (line.kind === "dialed") words = line.text === "answered" ? t("staffHangsUp") : t("nobodyAnswers");
    else if (line.kind === "silence") words = "…";
    if (!words) return null;
    const kind = mine ? "mine" : line.who === "network" ? "network" : "theirs";
    return make("p", { class: `line ${kind}`, lang: line.language || null }, make("small", { text: kind === "network" ? "" : mine ? t("you") : t("clinic") }), make("span", { text: words }));
  }

  async takeOrDial() {
    if (this.incoming) return this.act("answer", { by: "human", pace: "page" });
    try {
      this.take([await post(`phones/${this.phone.id}/calls`, { pace: "page" })]);
    } catch (error) {
      toast(error.message);
    }
  }

  press(key) {
    this.speaker.stop();
    return this.act("press", { digits: key });
  }

  speak(event) {
    event.preventDefault();
    const input = event.target.elements.text;
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    this.speaker.stop();
    this.act("say", { text });
  }

  async useMic() {
    this.speaker.stop();
    this.find(".mic").classList.add("on");
    try {
      const heard = await this.listen(this.call.hint.language || "es-MX");
      if (heard?.text) await this.act("say", heard);
    } catch (error) {
      toast(error.message);
    } finally {
      this.find(".mic").classList.remove("on");
    }
  }

  toggleSound() {
    const on = this.find(".sound").getAttribute("aria-pressed") !== "true";
    this.find(".sound").setAttribute("aria-pressed", String(on));
    this.speaker.aloud = on && "speechSynthesis" in window;
    if (!on && "speechSynthesis" in window) speechSynthesis.cancel();
  }

  async act(act, body = {}) {
    if (!this.call) return;
    if (act === "hang-up") this.speaker.stop();
    try {
      await post(`calls/${this.call.sid}/${act}`, body);
    } catch (error) {
      toast(error.message);
    }
  }
}
