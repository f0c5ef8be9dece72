// WhatsApp's own marks (*bold*, _italic_, ~struck~) and addresses, as nodes.

import { make } from "./dom.js";

const MARKS = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~|https?:\/\/[^\s]+)/g;
const TAGS = { "*": "strong", _: "em", "~": "s" };

export function styled(text, channel) {
  const pieces = channel === "whatsapp" ? text.split(MARKS) : text.split(/(https?:\/\/[^\s]+)/g);
  return pieces.filter(Boolean).map((piece) => {
    if (/^https?:\/\//.test(piece)) return make("span", { class: "link", text: piece });
    const tag = channel === "whatsapp" && piece.length > 2 && piece.at(-1) === piece[0] ? TAGS[piece[0]] : undefined;
    return tag ? make(tag, { text: piece.slice(1, -1) }) : document.createTextNode(piece);
  });
}
