import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** What is shown if something below throws or cannot be loaded. */
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/** A part that breaks does not take the page with it. */
export class Boundary extends Component<BoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}
