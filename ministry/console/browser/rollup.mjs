// How a script is made of its modules and of what the lock names.
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

export default {
  input: process.env.SCRIPT,
  output: { file: process.env.MADE, format: "iife" },
  plugins: [resolve({ browser: true, modulePaths: [process.env.MODULES] }), terser({ maxWorkers: 1 })],
};
