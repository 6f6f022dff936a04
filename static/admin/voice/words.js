/* What may be said of an error, whatever it was. */
import { t } from "../../js/texts.js";

export function wordsOf(error) {
  if (!error.code) throw error;
  return error.detail || t("The server did not answer. Please try again.");
}
