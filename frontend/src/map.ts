// Maps of coverage: circles around the places where technicians start, and the company's locations, on the ground that the
// server names, or on none. Everything that a map tells stands beside it in words, too.

import L from "leaflet";
import "leaflet/dist/leaflet.css";
import "./map.css";
import { h } from "./dom";

export interface Mark {
  name: string;
  latitude: number;
  longitude: number;
  href: string | null;
}

export interface Circle extends Mark {
  id: string;
  radius: number;
  active: boolean;
}

/** As `CoverageMap` of the server tells it; lengths are meters. */
export interface Told {
  circles: Circle[];
  places: Mark[];
  unit: "mile" | "kilometre";
  unit_meters: number;
  widest: number | null;
  editable: boolean;
  tiles: { address: string; attribution: string } | null;
}

const CONTINENT: L.LatLngBoundsExpression = [
  [25, -125],
  [50, -65],
];

const at = (mark: Mark): L.LatLngTuple => [mark.latitude, mark.longitude];

/** A map of some places, on its ground. */
export function ground(element: HTMLElement, told: Told): L.Map {
  const map = L.map(element, { attributionControl: false, scrollWheelZoom: false, fadeAnimation: false, zoomSnap: 0.25, maxZoom: 18 });
  L.control.scale({ imperial: told.unit === "mile", metric: told.unit !== "mile" }).addTo(map);
  if (told.tiles) {
    // Servers of tiles ask who shows them: they are told our host, and nothing of the page.
    L.tileLayer(told.tiles.address, { maxZoom: 18, referrerPolicy: "origin" }).addTo(map);
    const said = document.createElement("span");
    said.textContent = told.tiles.attribution;
    L.control.attribution({ prefix: false }).addAttribution(said.innerHTML).addTo(map);
  }
  for (const place of told.places)
    L.marker(at(place), { icon: dot("place"), keyboard: false, interactive: false })
      .addTo(map)
      .bindTooltip(h("span", {}, place.name), { permanent: true, direction: "top", className: "place-name", offset: [0, -6] });
  return map;
}

/** One technician's circle, and where they start. */
export function drawCircle(map: L.Map, circle: Circle, widest: number | null): { move(to: L.LatLngTuple, radius: number): void } {
  const wide = widest !== null && widest > circle.radius ? ring(circle, widest, "widest").addTo(map) : null;
  const own = ring(circle, circle.radius, circle.active ? "own" : "own inactive").addTo(map);
  return {
    move(to, radius) {
      own.setLatLng(to).setRadius(radius);
      wide?.setLatLng(to);
    },
  };
}

export function ring(mark: Mark, radius: number, className: string): L.Circle {
  return L.circle(at(mark), { radius, className: `ring ${className}`, interactive: false });
}

export function dot(className: string, size = 14): L.DivIcon {
  return L.divIcon({ className: `dot ${className}`, iconSize: [size, size] });
}

/** Shows all of it. */
export function fit(map: L.Map, circles: Circle[], places: Mark[], widest: number | null): void {
  const bounds = L.latLngBounds([]);
  for (const circle of circles) bounds.extend(L.latLng(at(circle)).toBounds(2 * Math.max(circle.radius, widest ?? 0, 1000)));
  if (!circles.length) for (const place of places) bounds.extend(L.latLng(at(place)).toBounds(50_000));
  map.fitBounds(bounds.isValid() ? bounds : CONTINENT, { animate: false, padding: [12, 12], maxZoom: 14 });
}
