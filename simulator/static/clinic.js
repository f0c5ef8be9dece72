// What the clinic itself sees: the people at this number and their visits, live.

import { get, post } from "./api.js";
import { icon, make, toast } from "./dom.js";
import { language, locale, t } from "./i18n.js";

const CONDITIONS = ["on", "off", "landline", "blocked", "no_whatsapp"];

export class ClinicView {
  constructor(root) {
    this.root = root;
    this.open = localStorage.getItem("clinic") !== "closed";
    this.head = make("header", { class: "panel-head" });
    this.body = make("div", { class: "panel", "aria-live": "polite" });
    this.foot = make("div", { class: "panel-foot" });
    root.append(this.head, this.body, this.foot);
    this.reset();
  }

  reset() {
    this.seen = new Map();
    this.drawn = "";
    this.view = null;
    this.last = null;
    this.alerts = [];
    this.condition = "on";
  }

  use(phone) {
    this.phone = phone;
    this.reset();
    this.render();
    this.refresh();
  }

  translate() {
    this.drawn = "";
    this.render();
  }

  take(changes) {
    const sent = changes.messages.filter((message) => !message.mine);
    if (sent.length) this.last = sent.at(-1);
    this.alerts = [...this.alerts, ...changes.alerts].slice(-4);
    this.condition = changes.condition;
    this.renderFoot();
    this.refresh();
  }

  async refresh() {
    if (!this.phone || document.hidden) return;
    const asked = this.phone;
    try {
      const view = await get(`phones/${asked.id}/clinic`);
      if (asked !== this.phone) return;
      this.view = view;
      this.render();
    } catch {
      // The next refresh tries again; the line at the top says when the simulator is away.
    }
  }

  render() {
    this.renderHead();
    this.renderFoot();
    const drawn = JSON.stringify([this.view, language()]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const people = this.view?.patients ?? [];
    const nodes = people.map((person) => this.person(person));
    if (this.view && !people.length) {
      nodes.push(make("div", { class: "nobody" }, make("strong", { text: t("nobody") }), make("span", { text: t("nobodyHelp") })));
    }
    if (this.view?.opted_out) nodes.unshift(make("p", { class: "stop", text: t("optedOut") }));
    this.body.replaceChildren(...nodes);
  }

  renderHead() {
    const toggle = make("button", { type: "button", class: "fold", "aria-expanded": String(this.open), "aria-label": t("collapse"), title: t("collapse"), on: { click: () => this.fold() } }, icon("arrow"));
    this.head.replaceChildren(
      make("span", { class: "panel-icon" }, icon("clinic")),
      make("span", { class: "panel-title" }, make("strong", { text: t("clinicSees") }), make("small", { class: "live", text: t("live") })),
      toggle,
    );
    document.body.classList.toggle("folded", !this.open);
  }

  fold() {
    this.open = !this.open;
    localStorage.setItem("clinic", this.open ? "open" : "closed");
    this.renderHead();
    this.head.querySelector(".fold").focus();
  }

  person(person) {
    const visits = person.visits.length
      ? person.visits.map((visit) => this.visit(visit))
      : [make("p", { class: "none", text: t("noVisits") })];
    const waits = person.waiting.map((wait) =>
      make("p", { class: "wait" }, make("strong", { text: t("waiting") }), make("span", { text: `${wait.service[language()]} · ${wait.branch}` })),
    );
    return make("section", { class: "patient" }, make("h2", { text: person.name }), ...visits, ...waits);
  }

  visit(visit) {
    const before = this.seen.get(visit.id);
    const changed = before && before !== visit.version;
    this.seen.set(visit.id, visit.version);
    const start = new Date(visit.start);
    const zone = { timeZone: visit.zone };
    const day = start.toLocaleDateString(locale(), { ...zone, day: "numeric" });
    const month = start.toLocaleDateString(locale(), { ...zone, month: "short" }).replace(".", "");
    const time = start.toLocaleTimeString(locale(), { ...zone, hour: "numeric", minute: "2-digit" });
    const weekday = start.toLocaleDateString(locale(), { ...zone, weekday: "long" });
    return make(
      "article",
      { class: `visit ${visit.status}${changed ? " changed" : ""}` },
      make("time", { class: "date", datetime: visit.start }, make("strong", { text: day }), make("small", { text: month })),
      make(
        "div",
        {},
        make("strong", { text: visit.service[language()] }),
        make("span", { text: `${weekday}, ${time}` }),
        make("span", { text: `${visit.branch} · ${visit.practitioner}` }),
        make("span", { class: "chip", text: t(visit.status) }),
      ),
    );
  }

  renderFoot() {
    const nodes = [];
    if (this.last) {
      const state = t(this.last.status in { sent: 1, delivered: 1, read: 1 } ? this.last.status : "failed");
      nodes.push(make("p", { class: "last" }, make("span", { text: t("lastSent") }), make("strong", { text: state })));
    }
    const select = make("select", { id: "condition", on: { change: (event) => this.setCondition(event.target.value) } });
    for (const name of CONDITIONS) select.append(make("option", { value: name, selected: name === this.condition, text: t(name) }));
    nodes.push(make("p", { class: "last" }, make("label", { for: "condition", text: t("phoneIs") }), select));
    if (this.alerts.length) {
      const rows = this.alerts.map((alert) => make("li", {}, make("code", { text: String(alert.code) }), make("span", { text: alert.text })));
      nodes.push(make("div", { class: "alerts" }, make("strong", { text: t("alerts") }), make("ul", {}, ...rows)));
    }
    if (this.foot.contains(document.activeElement)) return;
    this.foot.replaceChildren(...nodes);
  }

  async setCondition(condition) {
    this.condition = condition;
    try {
      await post(`phones/${this.phone.id}/condition`, { condition });
    } catch (error) {
      toast(error.message);
    }
  }
}
