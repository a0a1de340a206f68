/** What Gatehouse offers to pages and command lines. */
export { analyse, createAnalyseMemory } from './analyse.ts';
export type { AnalyseInput, AnalyseMemory, ObjectReport, Report, Vocabulary } from './analyse.ts';
export { whyNot } from './explore/whyNot.ts';
export type { Why } from './explore/whyNot.ts';
export { createTextCache } from './manifest/documents.ts';
export { locate, refAt } from './manifest/locate.ts';
export type { ObjectRef, Source, SourceRef, Span, TextEdit } from './manifest/source.ts';
export type { Diagnostic } from './diagnose/diagnostic.ts';
export type { Call } from './simulate/call.ts';
export type { Step, Trace } from './simulate/trace.ts';
