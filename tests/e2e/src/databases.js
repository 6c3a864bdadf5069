// The body of a function that returns every text in every database of this origin, by its key.
const answer = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
});
return (async () => {
    const texts = {};
    for (const { name } of await indexedDB.databases()) {
        const database = await answer(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const inside = database.transaction(store).objectStore(store);
            const [keys, values] = await Promise.all([answer(inside.getAllKeys()), answer(inside.getAll())]);
            keys.forEach((key, at) => { texts[key] = values[at]; });
        }
        database.close();
    }
    return texts;
})();
