// Draws <div class="kith-map" data-map="/api/v1/…">: GeoJSON whose features have an id and the properties
// name, count and, of a point, radiusMeters. The ground is our own: nothing is asked of anybody else's
// server. Far away it is land and water, near by a grid with a scale. What it looks like is in kith.css.
(() => {
    'use strict';

    const COUNTED_EVERY_MS = 10_000;
    const LEVELS = [1, 10, 50];
    const LAND_UNTIL_ZOOM = 6;
    const GRID_STEPS = [20, 10, 5, 2, 1, .5, .2, .1, .05, .02, .01, .005, .002, .001, .0005];
    const GRID_PIXELS = 90;

    const meta = name => document.querySelector(`meta[name="kith-${name}"]`)?.content ?? '';
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const level = count => `kith-level-${LEVELS.filter(least => count >= least).length}`;

    const get = async path => {
        const answer = await fetch(path, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
    };

    // Names are text, whatever is in them.
    const element = (name, className, text) => {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    };

    /** Land where there is nothing nearer to hold on to, and lines of latitude and longitude. */
    const ground = (map, place) => {
        const land = L.geoJSON(null, {interactive: false, style: {className: 'kith-land', weight: 1}}).addTo(map);
        get(meta('land')).then(shape => land.addData(shape).bringToBack()).catch(() => {});
        const grid = L.layerGroup().addTo(map);
        const draw = () => {
            const near = map.getZoom() > LAND_UNTIL_ZOOM;
            place.classList.toggle('kith-near', near);
            grid.clearLayers();
            if (!near) return;
            const bounds = map.getBounds().pad(.2);
            const perDegree = map.getSize().x / (map.getBounds().getEast() - map.getBounds().getWest());
            const step = GRID_STEPS.findLast(each => each * perDegree >= GRID_PIXELS) ?? GRID_STEPS[0];
            const look = {className: 'kith-grid', weight: 1, interactive: false};
            for (let lat = Math.floor(bounds.getSouth() / step) * step; lat < bounds.getNorth(); lat += step) {
                grid.addLayer(L.polyline([[lat, bounds.getWest()], [lat, bounds.getEast()]], look));
            }
            for (let lon = Math.floor(bounds.getWest() / step) * step; lon < bounds.getEast(); lon += step) {
                grid.addLayer(L.polyline([[bounds.getSouth(), lon], [bounds.getNorth(), lon]], look));
            }
            grid.eachLayer(line => line.bringToBack());
        };
        map.on('moveend', draw);
        draw();
    };

    /** A fence: its outline, and a label with its name and count, which can be reached by keyboard. */
    class Spot {
        constructor(feature, map) {
            this.name = feature.properties.name;
            this.shape = L.geoJSON(feature, {
                style: {className: 'kith-fence', weight: 2},
                pointToLayer: (point, at) =>
                    L.circle(at, {radius: point.properties.radiusMeters ?? 10, className: 'kith-fence', weight: 2}),
            }).addTo(map);
            this.layer = this.shape.getLayers()[0];
            this.badge = element('b', '', '');
            this.label = element('span', 'kith-spot', '');
            this.label.append(this.badge, element('span', '', this.name));
            const icon = L.divIcon({html: this.label, className: 'kith-spot-place', iconSize: null});
            this.marker = L.marker(this.layer.getLatLng?.() ?? this.layer.getCenter(), {icon, riseOnHover: true}).addTo(map);
            this.shape.bindTooltip(() => element('span', '', `${this.name}: ${number.format(this.count)}`), {sticky: true});
            this.marker.on('click', () => this.show(map));
            this.tell(feature.properties.count);
        }

        tell(count) {
            this.count = count;
            this.badge.textContent = number.format(count);
            const outline = this.layer.getElement();
            outline?.setAttribute('class', `${outline.getAttribute('class').replace(/ ?kith-level-\d/, '')} ${level(count)}`);
            this.label.className = `kith-spot ${level(count)}`;
            this.marker.getElement()?.setAttribute('aria-label', `${this.name}: ${number.format(count)}`);
        }

        show(map) {
            map.fitBounds(this.shape.getBounds(), {maxZoom: 17, padding: [48, 48]});
        }
    }

    /** The fullest first: a label that has no room is a number, and then nothing until one comes nearer. */
    const unclutter = spots => {
        const taken = [];
        const fits = spot => {
            const box = spot.label.getBoundingClientRect();
            const free = taken.every(each =>
                box.right < each.left || box.left > each.right || box.bottom < each.top || box.top > each.bottom);
            if (free) taken.push(box);
            return free;
        };
        for (const spot of [...spots].sort((a, b) => b.count - a.count)) {
            const {classList} = spot.marker.getElement();
            const tried = (short, below) => {
                classList.remove('kith-hidden');
                classList.toggle('kith-short', short);
                classList.toggle('kith-below', below);
                return fits(spot);
            };
            const placed = tried(false, false) || tried(false, true) || tried(true, false) || tried(true, true);
            classList.toggle('kith-hidden', !placed);
        }
    };

    const count = async (place, spots) => {
        const {counts} = await get(place.dataset.mapCounts);
        for (const [id, spot] of spots) {
            spot.tell(counts[id] ?? 0);
            for (const cell of document.querySelectorAll(`[data-map-count="${id}"]`)) {
                cell.textContent = number.format(spot.count);
            }
        }
        unclutter(spots.values());
    };

    const keepCounting = (place, spots) => {
        const note = document.querySelector('[data-map-live]');
        const again = async () => {
            if (!place.isConnected) return;
            if (!document.hidden) {
                const good = await count(place, spots).then(() => true, () => false);
                note?.classList.toggle('kith-stale', !good);
            }
            setTimeout(again, COUNTED_EVERY_MS);
        };
        setTimeout(again, COUNTED_EVERY_MS);
    };

    /** A click says where a form means. */
    const choose = (map, form) => {
        const middle = L.circleMarker([0, 0], {radius: 6, className: 'kith-chosen', interactive: false});
        map.on('click', ({latlng}) => {
            const {lat, lng} = latlng.wrap();
            form.closest('details')?.setAttribute('open', '');
            form.querySelector('[data-spot="lat"]').value = lat.toFixed(5);
            form.querySelector('[data-spot="lon"]').value = lng.toFixed(5);
            middle.setLatLng(latlng).addTo(map);
        });
    };

    globalThis.kithMap = async place => {
        if (place.dataset.drawn) return;
        place.dataset.drawn = 'true';
        const {features} = await get(place.dataset.map);
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        const map = L.map(place, {
            attributionControl: false,
            zoomAnimation: !calm,
            fadeAnimation: !calm,
            scrollWheelZoom: false,
            minZoom: 1,
        }).setView([25, 15], 2);
        // A wheel that only passes by scrolls the page.
        map.on('focus click', () => map.scrollWheelZoom.enable());
        map.on('blur', () => map.scrollWheelZoom.disable());
        L.control.scale({imperial: false}).addTo(map);
        ground(map, place);
        const spots = new Map(features.map(feature => [feature.id, new Spot(feature, map)]));
        // What is small lies above what is large.
        const size = spot => spot.shape.getBounds().getNorthEast().distanceTo(spot.shape.getBounds().getSouthWest());
        [...spots.values()].sort((a, b) => size(b) - size(a)).forEach(spot => spot.shape.bringToFront());
        map.on('zoomend moveend', () => unclutter(spots.values()));
        if (spots.size) {
            const all = L.featureGroup([...spots.values()].map(spot => spot.shape));
            map.fitBounds(all.getBounds(), {maxZoom: 17, padding: [32, 32], animate: false});
        }
        document.addEventListener('click', event => {
            const id = event.target.closest('[data-map-show]')?.dataset.mapShow;
            if (!id || !spots.has(id)) return;
            spots.get(id).show(map);
            place.scrollIntoView({block: 'nearest'});
            place.focus({preventScroll: true});
        });
        const form = document.querySelector('form[data-map-spot]');
        if (form) choose(map, form);
        if (place.dataset.mapCounts) keepCounting(place, spots);
        unclutter(spots.values());
    };
})();
