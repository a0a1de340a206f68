import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** What is shown if something below throws or cannot be loaded; a function gets the error's message. */
  readonly instead: ReactNode | ((message: string) => ReactNode);
  /** Another value: what broke is tried again. */
  readonly retry?: unknown;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly message: string | undefined;
  readonly retry: unknown;
}

/** A part that breaks does not take the page with it. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { message: undefined, retry: this.props.retry };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return Object.is(props.retry, state.retry) ? null : { message: undefined, retry: props.retry };
  }

  override render(): ReactNode {
    const { message } = this.state;
    const { children, instead } = this.props;
    if (message === undefined) return children;
    return typeof instead === 'function' ? instead(message) : instead;
  }
}
