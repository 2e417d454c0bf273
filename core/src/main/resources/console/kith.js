// What the console does in the browser besides htmx. Plugins use it through attributes alone:
//   <input data-search>                        "/" puts the cursor there
//   <form data-api="POST /api/v1/…">           sends its fields as JSON, shows problems at the fields
//   <button data-api="POST /api/v1/…">         a verb without a body; data-confirm="…" asks first
//   <form data-upload="/api/v1/…">             sends the one file of its field as it is
//   <table data-chart="bar">                   drawn as a chart, the table stays for reading
//   <div class="kith-map" data-map="/api/v1/…"> a map of the GeoJSON at that address; data-map-counts="/api/v1/…"
//                                              tells the counts again, into [data-map-count="<id>"] too
//   <button data-map-show="<id>">              goes there on the map
//   <form data-map-spot>                       its fields with data-spot="lat" and "lon" follow a click
//   <div data-part hx-get="…">                 a part that loads by itself and may fail by itself
(() => {
    'use strict';

    const root = document.documentElement;
    const meta = name => document.querySelector(`meta[name="kith-${name}"]`)?.content ?? '';

    // Keyboard, menu, theme ------------------------------------------------------------------

    const typing = element =>
        element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

    document.addEventListener('keydown', event => {
        if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
        const search = document.querySelector('[data-search]');
        if (search && !typing(event.target)) {
            event.preventDefault();
            search.focus();
            search.select();
        }
    });

    document.addEventListener('click', event => {
        const menu = event.target.closest('[data-menu]');
        if (menu) {
            const open = document.getElementById(menu.dataset.menu).classList.toggle('show');
            menu.setAttribute('aria-expanded', String(open));
        }
        if (event.target.closest('[data-theme-switch]')) {
            const theme = root.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
            root.setAttribute('data-bs-theme', theme);
            localStorage.setItem('kith-theme', theme);
            document.dispatchEvent(new CustomEvent('kith:theme'));
        }
    });

    document.addEventListener('toggle', event => {
        // One open menu at a time.
        const opened = event.target;
        if (opened.open && opened.matches('details.kith-dropdown')) {
            for (const other of document.querySelectorAll('details.kith-dropdown[open]')) {
                if (other !== opened) other.open = false;
            }
        }
    }, true);

    // A part of the page that cannot be had becomes an error card ------------------------------

    const failed = event => {
        const part = event.detail.target?.closest('[data-part]') ?? event.detail.elt?.closest('[data-part]');
        const card = document.getElementById('kith-failed');
        if (part && card) {
            part.replaceChildren(card.content.cloneNode(true));
            const title = part.querySelector('[data-title]');
            if (title) title.textContent = part.dataset.part;
        } else {
            say(meta('failed'));
        }
    };
    for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout', 'htmx:swapError']) {
        document.addEventListener(name, failed);
    }

    const say = (text, place = document.getElementById('kith-notice')) => {
        const alert = document.createElement('div');
        alert.className = 'alert alert-danger';
        alert.setAttribute('role', 'alert');
        alert.textContent = text;
        place.replaceChildren(alert);
        alert.scrollIntoView({block: 'nearest'});
    };

    // Forms that speak to the API ---------------------------------------------------------------

    // "emails[0].value" into {emails: [{value: …}]}
    const put = (object, name, value) => {
        const steps = name.match(/[^.[\]]+/g);
        steps.slice(0, -1).forEach((step, i) => {
            object = object[step] ??= /^\d+$/.test(steps[i + 1]) ? [] : {};
        });
        object[steps.at(-1)] = value;
    };

    const read = field => {
        if (field.type === 'checkbox') return field.checked;
        const text = field.value.trim();
        // In a merge patch null empties a field; elsewhere an empty field is not sent.
        if (text === '' && !field.form.dataset.api.startsWith('PATCH')) return undefined;
        if (text === '') return /^(words|list)$/.test(field.dataset.type) ? [] : null;
        switch (field.dataset.type) {
            case 'number': return Number(text);
            case 'words': return text.split(/[\s,，、;；]+/).filter(word => word);
            case 'list': return text.split(/[,，、;；]/).map(item => item.trim()).filter(item => item);
            default: return text;
        }
    };

    const body = form => {
        const object = {};
        for (const field of form.elements) {
            if (!field.name || field.disabled) continue;
            if (field.type === 'radio' && !field.checked) continue;
            // data-type="choice": one of several boxes that make a list of what is ticked.
            if (field.dataset.type === 'choice') {
                object[field.name] ??= [];
                if (field.checked) object[field.name].push(field.value);
                continue;
            }
            // data-with: says more about another field, and nothing without it.
            const other = field.dataset.with;
            if (other && !form.elements.namedItem(other).value.trim()) continue;
            const value = read(field);
            // data-empty: what is emptied as a whole when this field is.
            const name = value === null && field.dataset.empty || field.name;
            if (value !== undefined) put(object, name, value);
        }
        return JSON.stringify(object);
    };

    const key = () =>
        Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

    const call = (element, json) => {
        const [method, path] = element.dataset.api.split(' ');
        const headers = {'Accept': 'application/json', 'X-CSRF-Token': meta('csrf'), 'Accept-Language': root.lang};
        if (json !== undefined) {
            headers['Content-Type'] = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
        }
        // The same form sent twice by accident has its effect once.
        if (method === 'POST') headers['Idempotency-Key'] = element.dataset.key ??= key();
        if (element.dataset.etag) headers['If-Match'] = element.dataset.etag;
        return fetch(path, {method, headers, body: json, credentials: 'same-origin'});
    };

    const place = (form, pointer) => {
        let name = pointer.replace(/^\//, '').replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
        while (name && !form.elements.namedItem(name)) name = name.replace(/(^|[.[])[^.[]*$/, '');
        return name ? form.elements.namedItem(name) : null;
    };

    const clear = form => {
        for (const field of form.querySelectorAll('.is-invalid')) {
            field.classList.remove('is-invalid');
            field.removeAttribute('aria-describedby');
        }
        for (const text of form.querySelectorAll('.invalid-feedback')) text.remove();
        form.querySelector('[data-problem]')?.replaceChildren();
    };

    const mark = (field, message) => {
        const text = document.createElement('div');
        text.className = 'invalid-feedback';
        text.id = `problem-${field.name}`;
        text.textContent = message;
        field.classList.add('is-invalid');
        field.setAttribute('aria-describedby', text.id);
        field.after(text);
    };

    const complain = (element, problem) => {
        const form = element.closest('form');
        const unplaced = [];
        for (const error of problem.errors ?? []) {
            const field = form && place(form, error.pointer ?? '');
            if (field?.after) mark(field, error.message);
            else unplaced.push(error.message);
        }
        const words = [problem.title ?? meta('failed'), ...unplaced.length ? unplaced : problem.errors?.length ? [] : [problem.detail ?? '']];
        say(words.filter(word => word).join(' · '), form?.querySelector('[data-problem]') ?? undefined);
        form?.querySelector('.is-invalid')?.focus();
    };

    const upload = (element, file) => fetch(element.dataset.upload, {
        method: 'POST',
        headers: {'Accept': 'application/json', 'X-CSRF-Token': meta('csrf'), 'Accept-Language': root.lang,
            'Content-Type': 'application/octet-stream'},
        body: file,
        credentials: 'same-origin',
    });

    const send = async (element, json) => {
        const buttons = element.matches('button') ? [element] : element.querySelectorAll('button');
        buttons.forEach(button => button.disabled = true);
        try {
            const response = await (json instanceof File ? upload(element, json) : call(element, json));
            const text = await response.text();
            const answer = text ? JSON.parse(text) : {};
            if (response.ok) {
                if (element.dataset.reveal) buttons.forEach(button => button.disabled = false);
                return done(element, answer);
            }
            if (response.status === 401) return location.reload();
            // A refused form is corrected and sent again: that is another request.
            delete element.dataset.key;
            complain(element, answer);
        } catch {
            say(meta('failed'), element.querySelector?.('[data-problem]') ?? undefined);
        }
        buttons.forEach(button => button.disabled = false);
    };

    // data-then="/console/customers/{id}": where to go, filled in from the answer. Without it the
    // page is loaded again; data-reveal="key" shows a field of the answer instead.
    const done = (element, answer) => {
        const reveal = element.dataset.reveal;
        if (reveal) {
            const output = document.getElementById('kith-reveal');
            output.hidden = false;
            output.querySelector('output').textContent = answer[reveal];
            output.focus();
            delete element.dataset.key;
            element.reset?.();
            return;
        }
        const then = element.dataset.then;
        if (!then) return location.reload();
        location.assign(then.replace(/\{(\w+)}/g, (_, name) => encodeURIComponent(answer[name])));
    };

    document.addEventListener('submit', event => {
        const form = event.target;
        if (form.dataset.upload) {
            event.preventDefault();
            clear(form);
            send(form, form.querySelector('input[type=file]').files[0]);
            return;
        }
        if (!form.dataset.api) return;
        event.preventDefault();
        clear(form);
        send(form, body(form));
    });

    document.addEventListener('click', event => {
        const button = event.target.closest('button[data-api]');
        if (button && (!button.dataset.confirm || confirm(button.dataset.confirm))) send(button);
    });

    // Charts ------------------------------------------------------------------------------------

    const script = source => new Promise((loaded, refused) => {
        const element = document.createElement('script');
        element.src = source;
        element.onload = loaded;
        element.onerror = refused;
        document.head.append(element);
    });

    let charts;
    const draw = async within => {
        if (!within.querySelector?.('table[data-chart]')) return;
        // Half a megabyte that most pages do not need.
        charts ??= script(meta('echarts')).then(() => script(meta('chart')));
        await charts;
        globalThis.kithChart(within);
    };
    draw(document);
    document.addEventListener('htmx:load', event => draw(event.detail.elt));

    // Maps --------------------------------------------------------------------------------------

    const style = source => new Promise((loaded, refused) => {
        const element = document.createElement('link');
        element.rel = 'stylesheet';
        element.href = source;
        element.onload = loaded;
        element.onerror = refused;
        document.head.append(element);
    });

    let maps;
    const map = async within => {
        const places = within.querySelectorAll?.('[data-map]') ?? [];
        if (!places.length) return;
        maps ??= style(meta('leaflet-css')).then(() => script(meta('leaflet'))).then(() => script(meta('map')));
        await maps;
        for (const place of places) {
            globalThis.kithMap(place).catch(() => say(meta('failed'), place));
        }
    };
    map(document);
    document.addEventListener('htmx:load', event => map(event.detail.elt));
})();
