// The users and one user: maps of coverage, and small help with the forms. Without this the forms are complete.

import L from "leaflet";
import { element, h } from "../dom";
import { dot, drawCircle, fit, ground, ring, type Circle, type Told } from "../map";

const drawn = new Map<HTMLElement, L.Map>();

function draw(): void {
  for (const [old, map] of drawn)
    if (!old.isConnected) {
      map.remove();
      drawn.delete(old);
    }
  for (const each of document.querySelectorAll<HTMLElement>("[data-map]")) {
    if (drawn.has(each)) continue;
    const told = JSON.parse(each.dataset.map ?? "") as Told;
    const map = ground(each, told);
    drawn.set(each, map);
    fit(map, told.circles, told.places, told.widest);
    if (told.editable) edit(map, told);
    else if (told.circles.length === 1 && told.widest !== null) one(map, told);
    else all(map, told);
  }
}

function one(map: L.Map, told: Told): void {
  for (const circle of told.circles) {
    drawCircle(map, circle, told.widest);
    L.marker([circle.latitude, circle.longitude], { icon: dot("start"), keyboard: false, interactive: false }).addTo(map);
  }
}

/** Everybody's circles. Pressing a start tells whose it is; pointing at a row of the list lights its circle. */
function all(map: L.Map, told: Told): void {
  for (const circle of told.circles) {
    const area = ring(circle, circle.radius, circle.active ? "own" : "own inactive").addTo(map);
    const start = L.marker([circle.latitude, circle.longitude], {
      icon: dot(circle.active ? "start" : "start inactive", 10),
      keyboard: false,
    });
    const length = `${(circle.radius / told.unit_meters).toFixed(0)} ${told.unit === "mile" ? "mi" : "km"}`;
    start.addTo(map).bindPopup(h("p", {}, h("a", { href: circle.href }, circle.name), h("br"), `covers ${length}`));
    start.bindTooltip(h("span", {}, circle.name));
    const row = document.querySelector<HTMLElement>(`[data-user="${circle.id}"]`);
    const light = (lit: boolean) => () => area.getElement()?.classList.toggle("lit", lit);
    row?.addEventListener("mouseenter", light(true));
    row?.addEventListener("mouseleave", light(false));
    row?.addEventListener("focusin", light(true));
    row?.addEventListener("focusout", light(false));
  }
}

/** The map follows the fields, and the fields the map: the start can be dragged, or put where the map is pressed. */
function edit(map: L.Map, told: Told): void {
  const form = element<HTMLFormElement>('[data-form="coverage"]');
  const field = (name: string) => element<HTMLInputElement>(`[name="${name}"]`, form);
  const latitude = field("latitude");
  const longitude = field("longitude");
  const typed = (): { to: L.LatLngTuple; radius: number } | null => {
    const [north, east] = [Number(latitude.value), Number(longitude.value)];
    const radius = Number(field("coverage_radius").value) * told.unit_meters;
    const there = latitude.value.trim() && longitude.value.trim() && Math.abs(north) <= 90 && Math.abs(east) <= 180;
    return there ? { to: [north, east], radius: radius >= 0 && radius < 2e7 ? radius : 0 } : null;
  };
  let shown: { marker: L.Marker; area: ReturnType<typeof drawCircle> } | null = null;

  const begin = (to: L.LatLngTuple, radius: number): NonNullable<typeof shown> => {
    const circle: Circle = { id: "", name: "", href: null, latitude: to[0], longitude: to[1], radius, active: true };
    const area = drawCircle(map, circle, told.widest);
    const marker = L.marker(to, { icon: dot("start handle"), draggable: true, keyboard: false, title: "Start" }).addTo(map);
    marker.on("drag", () => put(marker.getLatLng()));
    return { marker, area };
  };
  const show = (): void => {
    const now = typed();
    if (!now) return;
    shown ??= begin(now.to, now.radius);
    shown.marker.setLatLng(now.to);
    shown.area.move(now.to, now.radius);
  };
  const put = (to: L.LatLng): void => {
    const { lat, lng } = to.wrap();
    latitude.value = lat.toFixed(5);
    longitude.value = lng.toFixed(5);
    longitude.dispatchEvent(new Event("input", { bubbles: true }));
  };
  map.on("click", (event) => put(event.latlng));
  form.addEventListener("input", () => {
    show();
    const now = typed();
    if (now && !map.getBounds().contains(now.to)) map.panTo(now.to, { animate: false });
  });
  show();
}

/** Of the empty ranges of a day the first is there at once, the others when they are asked for. */
function hideSpareRanges(): void {
  for (const day of document.querySelectorAll<HTMLElement>("[data-day]:not([data-tidy])")) {
    day.dataset.tidy = "";
    const empty = (range: HTMLElement) => [...range.querySelectorAll("input")].every((each) => !each.value);
    for (const each of [...ranges(day)].slice(1)) each.hidden = empty(each);
    const name = `${day.dataset.day}: more hours`;
    const more = h("button", { type: "button", class: "quiet small", "aria-label": name }, "More");
    more.addEventListener("click", () => {
      const next = day.querySelector<HTMLElement>(".range[hidden]");
      if (next) next.hidden = false;
      ([...ranges(day)].findLast((each) => !each.hidden) ?? day).querySelector("input")?.focus();
    });
    element(".ranges", day).append(more);
  }
}

const ranges = (day: ParentNode): NodeListOf<HTMLElement> => day.querySelectorAll<HTMLElement>(".range");

/** Monday's hours on the other weekdays. */
function copyWeek(): void {
  for (const tools of document.querySelectorAll<HTMLElement>("[data-week-tools][hidden]")) {
    tools.hidden = false;
    element("[data-copy]", tools).addEventListener("click", () => {
      const [monday, ...others] = document.querySelectorAll<HTMLElement>("[data-week] [data-day]");
      if (monday) others.slice(0, 4).forEach((day, place) => copyDay(monday, day, place + 1));
    });
  }
}

function copyDay(from: HTMLElement, to: HTMLElement, place: number): void {
  const copies = [...ranges(from)].map((range) => range.cloneNode(true) as HTMLElement);
  for (const each of copies.flatMap((copy) => [...copy.querySelectorAll("input")])) {
    each.name = each.name.replace(/\d+$/, String(place));
    each.setAttribute("aria-label", (each.getAttribute("aria-label") ?? "").replace(from.dataset.day ?? "", to.dataset.day ?? ""));
  }
  for (const old of ranges(to)) old.remove();
  element(".ranges", to).prepend(...copies);
}

function begin(): void {
  draw();
  hideSpareRanges();
  copyWeek();
}

document.addEventListener("htmx:load", begin);
// The address tells what was searched for: who comes back finds it again.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, pathInfo } = (event as CustomEvent<{ elt: Element; successful: boolean; pathInfo: { finalRequestPath: string } }>).detail;
  if (successful && elt.matches("[data-filters]")) history.replaceState(null, "", pathInfo.finalRequestPath);
});
begin();
