// Addresses that ask for something: `?q=` is what is looked for, each `in=` a name that it is narrowed to, the outermost first.

export function addressOf(page, query, path = []) {
  const address = new URL(page);
  address.searchParams.delete("q");
  address.searchParams.delete("in");
  if (query) address.searchParams.set("q", query);
  for (const name of path) address.searchParams.append("in", name);
  return address.href;
}

export function pathIn(address) {
  return new URL(address).searchParams.getAll("in");
}
