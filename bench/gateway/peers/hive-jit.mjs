import { useJIT } from "@graphql-mesh/plugin-jit";
import { serveHive } from "./hive.mjs";

serveHive({ plugins: () => [useJIT()] });
