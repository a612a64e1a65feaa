// Packages out of the folder that the checkers are run in, wherever these files lie.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const here = createRequire(`${process.cwd()}/`);
export const load = (name) => import(pathToFileURL(here.resolve(name)));
