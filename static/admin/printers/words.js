/* How a printer is, and what to do about it: one plain sentence for somebody who is no programmer. */
import { clockTime, dayMonth, sameDay, serverNow } from "../../js/format.js";
import { t } from "../../js/texts.js";

const DRIVERS = { usb: "denluot[usb]", serial: "denluot[serial]", windows: "denluot[windows]" };

function causes() {
  return {
    refused: t("Refuses the connection"),
    mute: t("Does not answer"),
    absent: t("Not found"),
    denied: t("May not be opened"),
    no_driver: t("The server lacks a part"),
    cover_open: t("Cover open"),
    paper_out: t("Out of paper"),
    error: t("Reports a fault"),
    offline: t("Off line"),
    reset: t("The connection broke"),
    agent_away: t("Its computer is not connected"),
  };
}

export function causeWords(code) {
  return causes()[code] || code;
}

function notFound(way) {
  if (way === "usb") return t("Is the USB cable plugged in, and is the printer switched on?");
  if (way === "serial") return t("The server has no such port: check the cable and the port's name.");
  return t("The server has no printer of this name: check the name.");
}

function noAnswer(way) {
  if (way === "network") return t("Check that the printer is switched on and its network cable is in. Is the address still the one on its self-test?");
  if (way === "serial") return t("Check power and cable. The speed must be the one on the printer's self-test.");
  return t("Check that the printer is switched on and its cable is in.");
}

function lacking(way) {
  if (way === "cups") return t("Install CUPS on the server (apt install cups-client).");
  return t("Run on the server: pip install '{part}', then start the program again.", { part: DRIVERS[way] || "denluot" });
}

/* What to do, in one sentence. */
export function remedy(cause, way) {
  if (cause === "absent") return notFound(way);
  if (cause === "mute") return noAnswer(way);
  if (cause === "no_driver") return lacking(way);
  const words = {
    refused: t("Is the address right? If so, another program may be holding the printer: switch it off and on again."),
    denied: t("The server's account may not use this port: put it into the group lp (USB) or dialout (serial)."),
    cover_open: t("Please close the cover."),
    paper_out: t("Please put a new roll of paper in."),
    error: t("Look at the printer's lamp, open and close the cover, then switch it off and on again."),
    offline: t("Switch the printer on, or press its button (often FEED or ON LINE)."),
    reset: t("Check its power and its cable."),
    agent_away: t("Is the computer beside the printer switched on and in the network, and does “denluot print-agent” run there?"),
  };
  return words[cause] || t("Switch the printer off and on again.");
}

/* {tone, title, todo} of a printer. */
export function stateOf(printer) {
  if (printer.trouble) return { tone: "warn", title: causeWords(printer.trouble), todo: remedy(printer.trouble, printer.way) };
  if (printer.near_end) return { tone: "warn", title: t("Ready, paper nearly at its end"), todo: t("Please have a new roll at hand.") };
  return { tone: "ok", title: t("Ready"), todo: "" };
}

export function moment(iso) {
  return sameDay(iso, serverNow()) ? clockTime(iso) : clockTime(iso) + " " + dayMonth(iso);
}

function wayWords(printer) {
  const names = {
    network: t("Network"),
    usb: t("USB"),
    serial: t("Serial cable"),
    cups: t("CUPS queue"),
    windows: t("Windows printer"),
    file: t("Device file"),
    virtual: t("Virtual printer"),
    agent: t("At another computer"),
  };
  return names[printer.way] || printer.way;
}

export function placeWords(printer) {
  if (printer.way === "virtual") return wayWords(printer);
  return [wayWords(printer), printer.agent, printer.address].filter(Boolean).join(" · ");
}

export function paperWords(printer) {
  const wide = printer.width > 432 ? 80 : 58;
  const paper = t("{mm} mm paper ({dots} dots)", { mm: wide, dots: printer.width });
  return paper + ", " + (printer.cut ? t("cuts by itself") : t("torn off by hand"));
}

export function trialWords(trial) {
  const time = moment(trial.at);
  if (trial.state === "printed") return t("Came out at {time}. Are all accents there and the ruler whole at both edges?", { time });
  if (trial.state === "failed") return t("Not printed ({time}).", { time });
  if (trial.state === "unknown") return t("Nobody can say whether it came out ({time}): please look.", { time });
  return trial.cause ? t("Waits: {cause}", { cause: causeWords(trial.cause) }) : t("On its way …");
}
