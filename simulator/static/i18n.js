// The page's own words in the clinic's three languages; what patients and the bot say is not here.

const WORDS = {
  es: {
    skip: "Ir a los teléfonos", home: "Clínica Aurora, inicio", patients: "Elegir paciente",
    otherNumber: "Otro número: +52…", useNumber: "Usar este número", language: "Idioma",
    views: "Vistas", tabSms: "SMS", tabCall: "Llamada", tabClinic: "Clínica",
    smsPhone: "Teléfono con SMS", whatsappPhone: "Teléfono con WhatsApp",
    callPhone: "Teléfono para llamar", clinicSees: "Lo que ve la clínica",
    textMessage: "Mensaje de texto", message: "Mensaje", send: "Enviar",
    sharePlace: "Compartir mi ubicación", place: "Ubicación compartida", online: "en línea",
    emptySms: "Escriba a la clínica como lo haría un paciente.", tryThis: "Pruebe",
    choose: "Elegir", close: "Cerrar", sayIt: "Diga algo…", say: "Decir", mic: "Hablar",
    keypad: "Teclado", key: "Tecla", star: "asterisco", pound: "numeral",
    sound: "Voz en voz alta", voicemail: "Que conteste el buzón", answerCall: "Contestar o llamar",
    hangUp: "Colgar", toVoicemail: "Buzón", take: "Contestar", decline: "Rechazar",
    callVoicemail: "Contestó el buzón de voz", staffAnswers: "Recepción contesta", nobodyAnswers: "Nadie contesta",
    staffHangsUp: "Recepción cuelga", callIdle: "Toque para llamar", callConnecting: "Conectando…",
    callIncoming: "Llamada entrante", callListening: "Le escucha", callTalking: "Habla la clínica",
    callRecording: "Grabando su mensaje", callDialing: "Pasando la llamada…",
    callBridged: "Con recepción", callEnded: "Llamada terminada", you: "Usted", clinic: "Clínica",
    pressed: "Teclas", beep: "Tono", audio: "Audio", callEmpty: "Lo que se diga aparecerá aquí.",
    visits: "Citas", noVisits: "Sin citas", nobody: "Número sin registrar en la clínica",
    nobodyHelp: "El bot preguntará quién es.", waiting: "En lista de espera",
    optedOut: "Pidió no recibir mensajes", live: "En vivo", collapse: "Ocultar o mostrar",
    version: "versión", lastSent: "Último mensaje de la clínica", phoneIs: "El teléfono está",
    on: "Encendido", off: "Apagado", landline: "Es un fijo", blocked: "Bloqueó a la clínica",
    no_whatsapp: "Sin WhatsApp", alerts: "Avisos de Twilio", trouble: "Probar averías",
    booked: "Reservada", confirmed: "Confirmada", cancelled: "Cancelada", arrived: "Llegó",
    completed: "Atendida", no_show: "No acudió", sent: "Enviado", delivered: "Entregado",
    read: "Leído", failed: "No se entregó", offline: "Sin conexión con el simulador",
    badNumber: "Escriba el número con + y lada del país", notTaken: "La clínica no recibió el mensaje",
    segments: "{n} segmentos", changed: "Cambió ahora",
  },
  pt: {
    skip: "Ir para os telefones", home: "Clínica Aurora, início", patients: "Escolher paciente",
    otherNumber: "Outro número: +55…", useNumber: "Usar este número", language: "Idioma",
    views: "Vistas", tabSms: "SMS", tabCall: "Ligação", tabClinic: "Clínica",
    smsPhone: "Telefone com SMS", whatsappPhone: "Telefone com WhatsApp",
    callPhone: "Telefone para ligar", clinicSees: "O que a clínica vê",
    textMessage: "Mensagem de texto", message: "Mensagem", send: "Enviar",
    sharePlace: "Compartilhar minha localização", place: "Localização compartilhada",
    online: "online", emptySms: "Escreva à clínica como um paciente escreveria.",
    tryThis: "Experimente", choose: "Escolher", close: "Fechar", sayIt: "Diga algo…", say: "Dizer",
    mic: "Falar", keypad: "Teclado", key: "Tecla", star: "asterisco", pound: "jogo da velha",
    sound: "Voz em voz alta", voicemail: "Deixar a caixa postal atender",
    answerCall: "Atender ou ligar", hangUp: "Desligar", toVoicemail: "Caixa postal",
    take: "Atender", decline: "Recusar", callVoicemail: "A caixa postal atendeu", staffAnswers: "A recepção atende",
    nobodyAnswers: "Ninguém atende", staffHangsUp: "A recepção desliga",
    callIdle: "Toque para ligar", callConnecting: "Conectando…", callIncoming: "Chamada recebida",
    callListening: "Está ouvindo você", callTalking: "A clínica fala",
    callRecording: "Gravando seu recado", callDialing: "Transferindo…",
    callBridged: "Com a recepção", callEnded: "Ligação encerrada", you: "Você", clinic: "Clínica",
    pressed: "Teclas", beep: "Sinal", audio: "Áudio", callEmpty: "O que for dito aparece aqui.",
    visits: "Consultas", noVisits: "Sem consultas", nobody: "Número sem cadastro na clínica",
    nobodyHelp: "O bot vai perguntar quem é.", waiting: "Na lista de espera",
    optedOut: "Pediu para não receber mensagens", live: "Ao vivo", collapse: "Ocultar ou mostrar",
    version: "versão", lastSent: "Última mensagem da clínica", phoneIs: "O telefone está",
    on: "Ligado", off: "Desligado", landline: "É fixo", blocked: "Bloqueou a clínica",
    no_whatsapp: "Sem WhatsApp", alerts: "Avisos do Twilio", trouble: "Testar falhas",
    booked: "Marcada", confirmed: "Confirmada", cancelled: "Cancelada", arrived: "Chegou",
    completed: "Atendida", no_show: "Não compareceu", sent: "Enviada", delivered: "Entregue",
    read: "Lida", failed: "Não entregue", offline: "Sem conexão com o simulador",
    badNumber: "Escreva o número com + e código do país",
    notTaken: "A clínica não recebeu a mensagem", segments: "{n} segmentos", changed: "Mudou agora",
  },
  en: {
    skip: "Skip to the phones", home: "Clínica Aurora, home", patients: "Choose a patient",
    otherNumber: "Another number: +1…", useNumber: "Use this number", language: "Language",
    views: "Views", tabSms: "SMS", tabCall: "Call", tabClinic: "Clinic",
    smsPhone: "Phone with SMS", whatsappPhone: "Phone with WhatsApp", callPhone: "Phone for calls",
    clinicSees: "What the clinic sees", textMessage: "Text message", message: "Message",
    send: "Send", sharePlace: "Share my location", place: "Shared location", online: "online",
    emptySms: "Write to the clinic as a patient would.", tryThis: "Try", choose: "Choose",
    close: "Close", sayIt: "Say something…", say: "Say", mic: "Speak", keypad: "Keypad",
    key: "Key", star: "star", pound: "pound", sound: "Speak aloud",
    voicemail: "Let voicemail answer", answerCall: "Answer or call", hangUp: "Hang up",
    toVoicemail: "Voicemail", take: "Answer", decline: "Decline",
    callVoicemail: "Voicemail has answered",
    staffAnswers: "Front desk answers", nobodyAnswers: "Nobody answers",
    staffHangsUp: "Front desk hangs up", callIdle: "Tap to call", callConnecting: "Connecting…",
    callIncoming: "Incoming call", callListening: "Listening to you",
    callTalking: "The clinic is speaking", callRecording: "Recording your message",
    callDialing: "Passing you on…", callBridged: "With the front desk", callEnded: "Call ended",
    you: "You", clinic: "Clinic", pressed: "Keys", beep: "Beep", audio: "Audio",
    callEmpty: "What is said appears here.", visits: "Visits", noVisits: "No visits",
    nobody: "Number not known to the clinic", nobodyHelp: "The bot will ask who it is.",
    waiting: "On the waitlist", optedOut: "Asked for no more messages", live: "Live",
    collapse: "Hide or show", version: "version", lastSent: "The clinic's last message",
    phoneIs: "The phone is", on: "On", off: "Off", landline: "A landline",
    blocked: "Blocking the clinic", no_whatsapp: "Without WhatsApp", alerts: "Twilio's alerts",
    trouble: "Try failures", booked: "Booked", confirmed: "Confirmed", cancelled: "Cancelled",
    arrived: "Arrived", completed: "Seen", no_show: "No-show", sent: "Sent",
    delivered: "Delivered", read: "Read", failed: "Not delivered",
    offline: "No connection to the simulator",
    badNumber: "Write the number with + and the country code",
    notTaken: "The clinic did not get the message", segments: "{n} segments",
    changed: "Changed just now",
  },
};

// What a patient of each language might write first.
export const IDEAS = {
  es: ["Quiero cancelar mi cita", "¿Cuánto cuesta un hemograma?", "¿Dónde están?", "Hola"],
  pt: ["Quero remarcar minha consulta", "Quanto custa o hemograma?", "Onde fica?", "Oi"],
  en: ["I need to move my appointment", "How much is a blood test?", "Where are you?", "Hi"],
};

const LOCALES = { es: "es-MX", pt: "pt-BR", en: "en-US" };
let current = "es";

export const language = () => current;
export const locale = () => LOCALES[current];
export const t = (key) => WORDS[current][key] ?? key;

// Starts with the language kept from last time, or the browser's.
export function firstLanguage() {
  const kept = localStorage.getItem("language") ?? navigator.language.slice(0, 2);
  return kept in WORDS ? kept : "es";
}

// Changes the language of everything that is marked with data-t attributes.
export function setLanguage(language, root = document) {
  current = language;
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  translate(root);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.tLabel);
  }
  for (const node of root.querySelectorAll("[data-t-placeholder]")) {
    node.placeholder = t(node.dataset.tPlaceholder);
  }
}
