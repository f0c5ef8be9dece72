// Puts the phones and the clinic's view together, and follows the chosen patient.

import { follow, get, post } from "./api.js";
import { CallPhone } from "./call.js";
import { ChatPhone } from "./chat.js";
import { ClinicView } from "./clinic.js";
import { make, toast } from "./dom.js";
import { firstLanguage, setLanguage, t } from "./i18n.js";

const TABS = ["sms", "whatsapp", "call", "clinic"];
const state = { phone: null, cast: [], following: null };
const parts = {};

function build() {
  parts.sms = new ChatPhone(document.getElementById("sms"), "sms");
  parts.whatsapp = new ChatPhone(document.getElementById("whatsapp"), "whatsapp");
  parts.call = new CallPhone(document.getElementById("call"));
  parts.clinic = new ClinicView(document.getElementById("clinic"));
  document.getElementById("other").addEventListener("submit", useOther);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  const tabs = [...document.querySelectorAll(".tabs [role=tab]")];
  tabs.forEach((tab, position) => {
    tab.addEventListener("click", () => showTab(tab.dataset.tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(position + step + tabs.length) % tabs.length];
      next.focus();
      showTab(next.dataset.tab);
    });
  });
  showTab("whatsapp");
  tick();
  setInterval(tick, 10000);
  setInterval(() => parts.clinic.refresh(), 4000);
}

function tick() {
  const now = new Date().toLocaleTimeString("es-MX", { hour: "numeric", minute: "2-digit", hour12: false });
  for (const clock of document.querySelectorAll(".clock")) clock.textContent = now;
}

function showTab(name) {
  document.body.dataset.tab = name;
  for (const tab of document.querySelectorAll(".tabs [role=tab]")) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) tab.querySelector(".dot").hidden = true;
  }
  parts[name]?.shown?.();
}

function speak(language) {
  setLanguage(language);
  for (const name of TABS) parts[name].translate();
  showPeople();
}

function showPeople() {
  const people = document.getElementById("people");
  people.replaceChildren(
    ...state.cast.map((person, hue) => {
      const names = person.names.map((name) => name.split(" ")[0]).join(" · ");
      const initials = person.names.map((name) => name[0]).join("").slice(0, 2);
      return make(
        "button",
        {
          type: "button",
          class: "person",
          title: `${person.names.join(", ")} ${person.number}`,
          "aria-pressed": String(state.phone?.number === person.number),
          on: { click: () => use(person) },
        },
        make("span", { class: `avatar hue-${hue % 6}`, text: initials, "aria-hidden": "true" }),
        make("span", { text: names }),
      );
    }),
  );
}

async function useOther(event) {
  event.preventDefault();
  const number = event.target.number.value.replace(/[\s().-]/g, "");
  if (!/^\+\d{6,15}$/.test(number)) return toast(t("badNumber"));
  await use({ number, names: [], language: number.startsWith("+55") ? "pt" : number.startsWith("+1") ? "en" : "es" });
}

async function use(person) {
  state.following?.abort();
  const following = new AbortController();
  state.following = following;
  try {
    const phone = await post("phones", { number: person.number, name: person.names[0] ?? "" });
    state.phone = { ...phone, names: person.names, language: person.language };
  } catch (error) {
    return toast(error.message);
  }
  for (const name of TABS) parts[name].use(state.phone);
  showPeople();
  let first = true;
  follow(
    state.phone.id,
    (changes) => {
      take(changes, first);
      first = false;
    },
    () => toast(t("offline")),
    following.signal,
  );
}

function take(changes, first) {
  for (const channel of ["sms", "whatsapp"]) {
    const messages = changes.messages.filter((message) => message.channel === channel);
    if (messages.length) parts[channel].take(messages);
    if (!first && messages.some((message) => !message.mine)) mark(channel);
  }
  if (changes.calls.length) parts.call.take(changes.calls);
  if (changes.calls.some((call) => call.phase === "ringing")) ring();
  parts.clinic.take(changes);
}

// A call takes over the screen of a phone, whatever it showed; where all stand side by side nothing moves.
function ring() {
  if (parts.call.incoming) showTab("call");
  else mark("call");
}

function mark(tab) {
  if (document.body.dataset.tab === tab) return;
  document.querySelector(`#tab-${tab} .dot`).hidden = false;
}

async function start() {
  build();
  speak(firstLanguage());
  const config = await get("config");
  state.cast = config.cast;
  showPeople();
  await use(state.cast[0] ?? { number: "+525500000009", names: [], language: "es" });
}

start().catch((error) => toast(error.message));
