// The keyboard round of reviewing: everything it does is a button of the page as well.
"use strict";
const cards = [...document.querySelectorAll("[data-card]")];
let place = 0;

function show(next, event) {
  if (!cards.length) return;
  place = Math.max(0, Math.min(next, cards.length - 1));
  cards.forEach((card, at) => card.parentElement.classList.toggle("current", at === place));
  cards[place].focus({ preventScroll: true });
  if (event) cards[place].parentElement.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  const at = cards.indexOf(event.target.closest("[data-card]"));
  if (at >= 0 && at !== place) {
    place = at;
    cards.forEach((card, each) => card.parentElement.classList.toggle("current", each === at));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (typing) {
    if (event.key === "Escape") show(place, event);
    if (event.key === "Enter" && event.target.name.startsWith("text-")) {
      event.preventDefault();
      show(place, event);
    }
    return;
  }
  if (event.key === "j" || event.key === "k") return show(place + (event.key === "j" ? 1 : -1), event);
  const key = event.key === "a" ? "1" : event.key;
  if (!/^[1-3ionsu]$/.test(key)) return;
  const inside = key === "u" ? document.querySelector(".taught") : cards[place];
  const found = inside && inside.querySelector(`[data-key="${key}"]`);
  if (!found) return;
  event.preventDefault();
  const field = cards[place] && cards[place].querySelector("[name=intent]");
  if (key === "i" || (key === "n" && !field.value)) return field.focus();
  found.click();
});

show(0);
