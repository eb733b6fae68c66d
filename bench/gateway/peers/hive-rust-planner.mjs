import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { serveHive } from "./hive.mjs";

serveHive({ unifiedGraphHandler });
