/** The sign of the house: a gate with its bars. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M2.500 17.200V9a7.500 7.500 0 0 1 15 0v8.200" strokeWidth="1.750" />
      <path d="M6.600 17.200V8M10 17.200V6.200M13.400 17.200V8" strokeWidth="1.500" />
      <path d="M4.500 10.700h11M4.500 14.100h11" strokeWidth="1.250" />
    </svg>
  );
}
