// Makes the shapes of land and borders from Natural Earth's, as world-atlas has them: coordinates to a hundredth of a degree.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { MODULES, MADE } = process.env;
const { merge, mesh } = createRequire(`${MODULES}/`)("topojson-client");
const hundredths = (one) => (typeof one[0] === "number" ? one.map((n) => Math.round(n * 100) / 100) : one.map(hundredths));

for (const scale of ["110m", "50m"]) {
  const atlas = JSON.parse(readFileSync(`${MODULES}/world-atlas/countries-${scale}.json`, "utf8"));
  const countries = atlas.objects.countries;
  writeFileSync(`${MADE}/world-${scale}.json`, JSON.stringify({
    land: hundredths(merge(atlas, countries.geometries).coordinates),
    borders: hundredths(mesh(atlas, countries, (a, b) => a !== b).coordinates),
  }));
}
