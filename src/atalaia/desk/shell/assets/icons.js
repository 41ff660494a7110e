// Gathers the icons named in icons.txt into one file of symbols.
import { readFileSync } from "node:fs";

const folder = "node_modules/lucide-static";
const names = readFileSync("icons.txt", "utf8").split("\n").filter(Boolean);
const symbols = names.map((name) => {
  const drawing = readFileSync(`${folder}/icons/${name}.svg`, "utf8");
  const inside = drawing.slice(drawing.indexOf(">", drawing.indexOf("<svg")) + 1, drawing.lastIndexOf("</svg>"));
  const shapes = inside.split("\n").map((line) => line.trim()).filter(Boolean).join("");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});
console.log(`<!-- Icons by Lucide, under the ISC licence; see LICENSES.txt. -->
<svg xmlns="http://www.w3.org/2000/svg">
${symbols.join("\n")}
</svg>`);
