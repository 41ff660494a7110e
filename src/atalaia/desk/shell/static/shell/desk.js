// What every page does by itself; each part stands alone and asks for nothing inline.
import "./ages.js";
import "./copy.js";
import "./dialogs.js";
import "./drafts.js";
import "./keys.js";
import "./live.js";
import "./looks.js";
import "./palette.js";
import "./unsaved.js";
