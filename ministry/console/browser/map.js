// Maps. The page works without this: it puts a map that can be moved in the place of the picture that the server drew.
import { CRS, DivIcon, FeatureGroup, GeoJSON, Map, Marker, Polygon, Polyline } from "leaflet/dist/leaflet-src.esm.js";

function seen(tag, words, name) {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = name || "";
  return made;
}

function balloon(feature) {
  const said = seen("div", ""), { what, href, words, note } = feature.properties;
  const head = seen("p", href ? "" : what, "map__what");
  if (href) {
    const link = seen("a", what);
    link.href = href;
    head.append(link);
  }
  said.append(head);
  for (const more of [words, note]) if (more) said.append(seen("p", more));
  return said;
}

function drawn(feature) {
  const { number, tone, what } = feature.properties, style = `map__thing map__thing--${tone}`;
  const made = feature.geometry.type === "Point"
    ? new Marker(GeoJSON.coordsToLatLng(feature.geometry.coordinates), {
      title: `${number}. ${what}`,
      icon: new DivIcon({ className: `map__pin map__pin--${tone}`, html: String(Number(number)), iconSize: [26, 26] }),
    })
    : GeoJSON.geometryToLayer(feature, { className: style });
  return made.bindPopup(() => balloon(feature));
}

async function begin(figure) {
  const place = figure.querySelector(".map__place"), data = JSON.parse(figure.querySelector("script").textContent);
  const answer = await fetch(figure.dataset.world);
  if (!answer.ok) return;
  const world = await answer.json();
  const live = seen("div", "", "map__live"), says = figure.dataset;
  live.setAttribute("role", "region");
  live.setAttribute("aria-label", says.said);
  place.after(live);
  place.hidden = true;
  const map = new Map(live, { crs: CRS.EPSG4326, zoomSnap: 0.25, maxZoom: 12, maxBounds: [[-95, -200], [95, 200]], attributionControl: false });
  const turned = (ring) => ring.map(([x, y]) => [y, x]);
  map.createPane("world").classList.add("map__world");
  const under = { pane: "world", interactive: false };
  new Polygon(world.land.map((one) => one.map(turned)), { ...under, className: "map__land" }).addTo(map);
  new Polyline(world.borders.map(turned), { ...under, className: "map__border", fill: false }).addTo(map);
  const [west, south, east, north] = data.bounds, layers = new FeatureGroup().addTo(map);
  map.fitBounds([[south, west], [north, east]]);
  for (const feature of data.features) {
    const layer = drawn(feature).addTo(layers), item = document.getElementById(`${figure.id}-${feature.properties.number}`);
    if (!item) continue;
    const button = seen("button", says.show, "linklike");
    button.type = "button";
    button.append(seen("span", `: ${feature.properties.what}`, "govuk-visually-hidden"));
    button.addEventListener("click", () => {
      live.scrollIntoView({ block: "nearest" });
      if (layer.getBounds) map.fitBounds(layer.getBounds(), { maxZoom: 6 });
      layer.openPopup();
      const link = live.querySelector(".leaflet-popup a");
      if (link) link.focus();
    });
    item.append(" ", button);
  }
  const zooms = { "zoom-in": says.closer, "zoom-out": says.farther };
  for (const [name, words] of Object.entries(zooms)) {
    const link = live.querySelector(`.leaflet-control-${name}`);
    link.title = words;
    link.setAttribute("aria-label", words);
  }
}

for (const figure of document.querySelectorAll("figure[data-world]")) begin(figure);
