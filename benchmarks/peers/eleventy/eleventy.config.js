import { fill, allLists, index } from "./index.js";

export default function (config) {
  let items;
  const indexed = (api) => {
    if (!items) fill((items = api.getFilteredByTag("news").sort((a, b) => b.date - a.date)));
    return items;
  };
  const add = (name, make) => config.addCollection(name, (api) => { indexed(api); return make(); });
  config.addCollection("news", indexed);
  add("lists", allLists);
  add("stories", () => [...index.stories].map(([slug, items]) => ({ slug, items })));
  add("editions", () => [...index.editions].map(([day, items]) => ({ day, items })));
  add("months", () => [...index.months].map(([month, items]) => ({ month, items })));
  add("feeds", () => [...index.lists].filter(([name]) => name.split("/").length === 2).map(([name, items]) => ({ name, items })));
  config.addPassthroughCopy({ static: "/" });
  config.setUseGitIgnore(false);
  return { dir: { input: "content", output: "_site", includes: "../_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: false, templateFormats: ["md", "11ty.js"] };
}
