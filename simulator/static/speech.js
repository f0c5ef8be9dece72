// Says lines aloud where the browser can, and always tells when a line was heard.

const WORDS_A_SECOND = 2.7;

export class Speaker {
  constructor() {
    this.aloud = "speechSynthesis" in window;
    this.queue = [];
    this.busy = false;
    this.cut = null;
  }

  // Says `text`, then calls `done`; silently it takes as long as reading would.
  add(text, language, done) {
    this.queue.push({ text, language, done });
    if (!this.busy) this.next();
  }

  // Stops at once: what was not said counts as heard.
  stop() {
    const left = this.queue.splice(0);
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    this.cut?.();
    for (const line of left) line.done();
  }

  async next() {
    const line = this.queue.shift();
    if (!line) {
      this.busy = false;
      return;
    }
    this.busy = true;
    const seconds = Math.max(0.9, line.text.split(/\s+/).length / WORDS_A_SECOND);
    await this.say(line, seconds);
    line.done();
    this.next();
  }

  say(line, seconds) {
    return new Promise((resolve) => {
      this.cut = resolve;
      const voices = this.aloud ? speechSynthesis.getVoices() : [];
      if (!voices.length || !line.text) {
        setTimeout(resolve, line.text ? seconds * 1000 : 400);
        return;
      }
      const words = new SpeechSynthesisUtterance(line.text);
      words.lang = line.language || "es-MX";
      words.voice =
        voices.find((voice) => voice.lang.replace("_", "-") === words.lang) ??
        voices.find((voice) => voice.lang.startsWith(words.lang.slice(0, 2))) ??
        null;
      words.onend = words.onerror = resolve;
      speechSynthesis.speak(words);
      setTimeout(resolve, (seconds * 2 + 3) * 1000);
    });
  }
}

// Listens once; null where the browser cannot.
export function listener() {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return null;
  return (language) =>
    new Promise((resolve, reject) => {
      const ear = new Recognition();
      ear.lang = language;
      ear.maxAlternatives = 1;
      ear.onresult = (event) => {
        const best = event.results[0][0];
        resolve({ text: best.transcript, confidence: best.confidence || null });
      };
      ear.onerror = (event) => reject(new Error(event.error));
      ear.onend = () => resolve(null);
      ear.start();
    });
}
