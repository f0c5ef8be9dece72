// A phone with messages: SMS, or WhatsApp with buttons, lists and ticks.

import { post } from "./api.js";
import { atBottom, icon, make, stamp, toBottom, toast } from "./dom.js";
import { IDEAS, locale, t } from "./i18n.js";
import { styled } from "./text.js";

export class ChatPhone {
  constructor(root, channel) {
    this.root = root;
    this.channel = channel;
    this.messages = new Map();
    root.append(stamp("chat-template"));
    this.thread = root.querySelector(".thread");
    this.ideas = root.querySelector(".ideas");
    this.form = root.querySelector(".compose");
    this.input = this.form.elements.text;
    this.sheet = root.querySelector(".sheet");
    this.place = root.querySelector(".place");
    this.place.hidden = channel !== "whatsapp";
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.place.addEventListener("click", () => this.sharePlace());
    addEventListener("resize", () => this.sheet.close());
    this.sheet.addEventListener("click", (event) => {
      if (event.target === this.sheet) this.sheet.close();
    });
    const id = `${channel}-text`;
    this.input.id = id;
    this.form.querySelector("label").htmlFor = id;
  }

  use(phone) {
    this.phone = phone;
    this.messages.clear();
    this.render();
  }

  translate() {
    const words = this.channel === "sms" ? t("textMessage") : t("message");
    this.form.querySelector("label").textContent = words;
    this.input.placeholder = words;
    this.form.querySelector(".send").setAttribute("aria-label", t("send"));
    this.place.setAttribute("aria-label", t("sharePlace"));
    this.place.title = t("sharePlace");
    this.root.querySelector(".presence").textContent = this.channel === "whatsapp" ? t("online") : "SMS";
    this.thread.setAttribute("aria-label", this.root.getAttribute("aria-label") ?? "");
    this.render();
  }

  take(messages) {
    for (const message of messages) this.messages.set(message.sid, message);
    this.render();
  }

  shown() {
    toBottom(this.thread);
  }

  render() {
    const down = atBottom(this.thread) || this.thread.childElementCount < 2;
    const known = new Map([...this.thread.children].map((node) => [node.dataset.sid, node]));
    const nodes = [];
    let day = "";
    for (const message of this.messages.values()) {
      const its = new Date(message.at).toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long" });
      if (its !== day) nodes.push(make("p", { class: "day", text: its }));
      day = its;
      const key = `${message.status}|${message.error}|${locale()}`;
      const old = known.get(message.sid);
      nodes.push(old?.dataset.key === key ? old : this.bubble(message, key, Boolean(old)));
    }
    if (!nodes.length) nodes.push(make("p", { class: "empty", text: t("emptySms") }));
    this.thread.replaceChildren(...nodes);
    this.renderIdeas();
    if (down) toBottom(this.thread);
  }

  renderIdeas() {
    const ideas = this.messages.size ? [] : IDEAS[this.phone?.language ?? "es"];
    this.ideas.setAttribute("aria-label", t("tryThis"));
    this.ideas.replaceChildren(
      ...ideas.map((idea) =>
        make("button", { type: "button", text: idea, on: { click: () => this.send({ text: idea }) } }),
      ),
    );
  }

  bubble(message, key, seen) {
    const at = new Date(message.at).toLocaleTimeString(locale(), { hour: "numeric", minute: "2-digit" });
    const kind = message.mine ? "mine" : message.notice ? "theirs notice" : "theirs";
    const body = make("div", { class: "bubble" });
    if (message.media.length || (message.mine && !message.text)) {
      body.append(make("span", { class: "pin" }, icon("place"), make("span", { text: t("place") })));
    }
    body.append(...styled(message.text, this.channel));
    const foot = make("span", { class: "foot" }, make("time", { datetime: message.at, text: at }));
    if (!message.mine && this.channel === "sms" && message.segments > 1) {
      foot.append(make("span", { text: t("segments").replace("{n}", message.segments) }));
    }
    if (message.mine) foot.append(this.ticks(message));
    body.append(foot);
    const node = make("article", { class: `row ${kind}${seen ? "" : " fresh"}`, "data-sid": message.sid, "data-key": key });
    node.append(body);
    if (message.items.length) node.append(this.choices(message));
    return node;
  }

  ticks(message) {
    if (message.error) return make("span", { class: "ticks bad", text: "!", title: t("notTaken"), "aria-label": t("notTaken"), role: "img" });
    const done = message.status === "received";
    const label = done ? t("delivered") : t("sent");
    return make("span", { class: `ticks${done ? " done" : ""}`, role: "img", "aria-label": label }, icon(done ? "ticks" : "tick"));
  }

  choices(message) {
    const list = message.kind === "list-picker";
    const group = make("div", { class: "choices", role: "group", "aria-label": t("choose") });
    if (list) {
      group.append(
        make("button", { type: "button", on: { click: () => this.openSheet(message) } }, icon("list"), make("span", { text: message.button || t("choose") })),
      );
      return group;
    }
    for (const item of message.items) {
      group.append(
        make("button", { type: "button", on: { click: () => this.tap(item) } }, icon("reply"), make("span", { text: item.title })),
      );
    }
    return group;
  }

  openSheet(message) {
    const close = make("button", { type: "button", class: "close", "aria-label": t("close"), text: "×", on: { click: () => this.sheet.close() } });
    const rows = message.items.map((item) =>
      make(
        "button",
        { type: "button", class: "option", on: { click: () => { this.sheet.close(); this.tap(item); } } },
        make("span", {}, make("strong", { text: item.title }), make("small", { text: item.description })),
        make("i", { "aria-hidden": "true" }),
      ),
    );
    this.sheet.replaceChildren(make("header", {}, make("strong", { text: message.button || t("choose") }), close), ...rows);
    const screen = this.root.querySelector(".screen").getBoundingClientRect();
    this.sheet.style.setProperty("--sheet-left", `${screen.left}px`);
    this.sheet.style.setProperty("--sheet-width", `${screen.width}px`);
    this.sheet.style.setProperty("--sheet-bottom", `${innerHeight - screen.bottom}px`);
    this.sheet.showModal();
  }

  tap(item) {
    return this.send({ text: "", payload: item.id, title: item.title });
  }

  async submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    await this.send({ text });
  }

  async sharePlace() {
    await this.send({ text: "", location: [19.4194, -99.1617], label: "" });
  }

  async send(body) {
    try {
      const message = await post(`phones/${this.phone.id}/messages`, { channel: this.channel, ...body });
      this.take([message]);
      toBottom(this.thread);
    } catch (error) {
      toast(error.message);
    }
  }
}
