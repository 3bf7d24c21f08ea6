// The page for missing addresses of the whole site, at an address in a locale: what that locale has takes its place.
// Many hosts know one such page only.
(async () => {
  const root = new URL("../../", document.currentScript.src);
  const asked = async (address) => {
    const answer = await fetch(new URL(address, root));
    return answer.ok ? answer : null;
  };
  const locales = await (await asked("locales.json"))?.json();
  const path = location.pathname.slice(root.pathname.length);
  const own = locales?.filter(({ url }) => url && path.startsWith(url)).sort((a, b) => b.url.length - a.url.length)[0];
  const html = own && (await (await asked(`${own.url}404.html`))?.text());
  if (!html) return;
  document.open();
  document.write(html);
  document.close();
})().catch((error) => console.warn("balise:", error));
