// A counter that moves when something was written, so that the screens that are open read again.
class Changes {
  revision = $state(0);

  happened(): void {
    this.revision += 1;
  }
}

export const changes = new Changes();
