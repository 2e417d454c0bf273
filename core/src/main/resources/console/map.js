// Draws <div class="kith-map" data-map="/api/v1/…">: GeoJSON with the properties name, count and, of a
// point, radiusMeters. The outlines are the map: nothing is asked of anybody else's server.
(() => {
    'use strict';

    const color = count => count > 0 ? '#066fd1' : '#6c7a91';

    const look = feature => ({
        color: color(feature.properties.count),
        weight: 2,
        fillOpacity: feature.properties.count > 0 ? 0.3 : 0.1,
    });

    // Names are text, whatever is in them.
    const words = ({name, count}) => {
        const text = document.createElement('span');
        text.textContent = `${name}: ${count}`;
        return text;
    };

    globalThis.kithMap = async place => {
        if (place.dataset.drawn) return;
        place.dataset.drawn = 'true';
        const answer = await fetch(place.dataset.map, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
        if (!answer.ok) throw new Error(answer.status);
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        const map = L.map(place, {
            attributionControl: false,
            zoomAnimation: !calm,
            fadeAnimation: !calm,
            minZoom: 1,
        }).setView([25, 15], 2);
        const outlines = L.geoJSON(await answer.json(), {
            style: look,
            pointToLayer: (feature, at) =>
                L.circle(at, {radius: feature.properties.radiusMeters ?? 10, ...look(feature)}),
            onEachFeature: (feature, layer) => layer.bindTooltip(words(feature.properties)),
        }).addTo(map);
        const bounds = outlines.getBounds();
        if (bounds.isValid()) map.fitBounds(bounds, {maxZoom: 17, padding: [16, 16], animate: false});
    };
})();
