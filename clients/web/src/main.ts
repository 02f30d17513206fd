import "./noStorage";
import { loadConfig } from "./config";
import { askEarly } from "./early";

const config = loadConfig();
config.then(askEarly, () => undefined);
void import("./start").then(({ start }) => start(config));
