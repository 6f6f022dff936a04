/* The voice: its settings, a sound check here and on the boards, and the clips with recordings of one's own. */
import { page } from "../../js/page.js";
import { drawBoards } from "./boards.js";
import { drawClips } from "./clips.js";
import { listen } from "./here.js";
import { startSettings } from "./settings.js";

const settings = startSettings(page.voice);
listen(settings);
drawBoards();
drawClips(settings);
