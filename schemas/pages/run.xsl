<?xml version="1.0" encoding="UTF-8"?>
<!-- run.html: one run. Tree: pipeline/report/run-page.c; the script is run.js, which sorts and filters what the page holds. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body>
        <a class="skip" href="#main"><xsl:value-of select="$words/skip"/></a>
        <header>
          <p class="brand" translate="no">tidewaiter</p>
          <p><xsl:value-of select="$words/kind"/></p>
          <nav aria-label="{$words/pages}"><ul><li><a href="run.csv">run.csv</a></li><li><a href="run.json">run.json</a></li></ul></nav>
        </header>
        <main id="main">
          <xsl:call-template name="outcome"/>
          <div class="split">
            <xsl:call-template name="contents"/>
            <div>
              <section aria-labelledby="head">
                <h2 id="head"><xsl:value-of select="$words/headline"/></h2>
                <dl class="heads"><xsl:for-each select="numbers/number"><div><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="."/></dd></div></xsl:for-each></dl>
              </section>
              <section aria-labelledby="dec"><h2 id="dec"><xsl:value-of select="$words/decisions"/></h2><xsl:for-each select="decisions"><xsl:call-template name="decisions"/></xsl:for-each></section>
              <section aria-labelledby="not"><h2 id="not"><xsl:value-of select="$words/notReleased"/></h2><xsl:for-each select="held"><xsl:call-template name="held"/></xsl:for-each></section>
              <section aria-labelledby="rules"><h2 id="rules"><xsl:value-of select="$words/byRule"/></h2><xsl:for-each select="rules"><xsl:call-template name="by-rule"/></xsl:for-each></section>
              <section aria-labelledby="party"><h2 id="party"><xsl:value-of select="$words/byParty"/></h2><xsl:for-each select="parties"><xsl:call-template name="by-party"/></xsl:for-each></section>
              <section aria-labelledby="stages"><h2 id="stages"><xsl:value-of select="$words/stages"/></h2><xsl:for-each select="stages"><xsl:call-template name="stages"/></xsl:for-each></section>
              <section aria-labelledby="slow"><h2 id="slow"><xsl:value-of select="$words/slowest"/></h2><xsl:for-each select="slowest"><xsl:call-template name="slowest"/></xsl:for-each></section>
              <section aria-labelledby="quar"><h2 id="quar"><xsl:value-of select="$words/quarantined"/></h2><xsl:for-each select="quarantined"><xsl:call-template name="quarantined"/></xsl:for-each></section>
              <section aria-labelledby="ver"><h2 id="ver"><xsl:value-of select="$words/versions"/></h2><xsl:for-each select="versions"><xsl:call-template name="facts"/></xsl:for-each></section>
            </div>
          </div>
          <script><xsl:value-of select="/page/script"/></script>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="contents">
    <nav class="toc" aria-labelledby="toc">
      <h2 id="toc"><xsl:value-of select="$words/contents"/></h2>
      <ul>
        <li><a href="#head"><xsl:value-of select="$words/headline"/></a></li>
        <li><a href="#dec"><xsl:value-of select="$words/decisions"/></a></li>
        <li><a href="#not"><xsl:value-of select="$words/notReleased"/></a></li>
        <li><a href="#rules"><xsl:value-of select="$words/byRule"/></a></li>
        <li><a href="#party"><xsl:value-of select="$words/byParty"/></a></li>
        <li><a href="#stages"><xsl:value-of select="$words/stages"/></a></li>
        <li><a href="#slow"><xsl:value-of select="$words/slowest"/></a></li>
        <li><a href="#quar"><xsl:value-of select="$words/quarantined"/></a></li>
        <li><a href="#ver"><xsl:value-of select="$words/versions"/></a></li>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="bar">
    <xsl:if test="@width">
      <svg class="bar" viewBox="0 0 160 14" width="160" height="14" aria-hidden="true">
        <xsl:choose>
          <xsl:when test="@bar"><rect class="{@bar}" x="0" y="2" width="{@width}" height="10"/></xsl:when>
          <xsl:otherwise><rect class="s-bar" x="0" y="2" width="{@width}" height="10"/></xsl:otherwise>
        </xsl:choose>
      </svg>
    </xsl:if>
  </xsl:template>

  <xsl:template name="summary">
    <xsl:if test="none"><p><xsl:value-of select="none"/></p></xsl:if>
    <xsl:for-each select="summary"><p><xsl:call-template name="parts"/></p></xsl:for-each>
  </xsl:template>

  <xsl:template name="decisions">
    <div class="scroll" role="group" tabindex="0" aria-labelledby="dec">
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$words/outcome"/></th><th scope="col"><xsl:value-of select="$words/code"/></th><th scope="col" class="num"><xsl:value-of select="$words/bundles"/></th><th scope="col" class="num"><xsl:value-of select="$words/share"/></th><th scope="col"><xsl:value-of select="$words/drawn"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="decision">
            <tr><th scope="row"><xsl:value-of select="."/></th><td><code><xsl:value-of select="@code"/></code></td><td class="num"><xsl:value-of select="@count"/></td><td class="num"><xsl:value-of select="@share"/></td><td><xsl:call-template name="bar"/></td></tr>
          </xsl:for-each>
        </tbody>
        <tfoot><tr><th scope="row"><xsl:value-of select="$words/all"/></th><td/><td class="num"><xsl:value-of select="@count"/></td><td/><td/></tr></tfoot>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="held">
    <xsl:call-template name="summary"/>
    <xsl:if test="row">
      <div class="tools" id="tools" role="group" aria-label="{$words/filter}" hidden="hidden">
        <label><xsl:value-of select="$words/outcome"/><select id="f-outcome"><option value=""><xsl:value-of select="$words/anyOutcome"/></option><xsl:for-each select="/page/filter/outcome"><option><xsl:value-of select="."/></option></xsl:for-each></select></label>
        <label><xsl:value-of select="$words/contains"/><input id="f-text" type="search" size="24"/></label>
        <p class="small" id="f-count" role="status" data-shown="{$words/shown}"/>
      </div>
      <div class="scroll tall" role="group" tabindex="0" aria-labelledby="not">
        <table id="t-not">
          <thead><tr><th scope="col"><xsl:value-of select="$words/bundle"/></th><th scope="col"><xsl:value-of select="$words/outcome"/></th><th scope="col"><xsl:value-of select="$words/exporter"/></th><th scope="col"><xsl:value-of select="$words/reason"/></th><th scope="col" class="num"><xsl:value-of select="$words/findings"/></th><th scope="col" class="num"><xsl:value-of select="$words/undecided"/></th><th scope="col" class="num"><xsl:value-of select="$words/ms"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="row">
              <tr><th scope="row" class="mono wrap"><xsl:value-of select="bundle"/></th><td><xsl:for-each select="mark"><xsl:call-template name="mark"/></xsl:for-each></td><td><bdi><xsl:value-of select="exporter"/></bdi></td><td><xsl:value-of select="reason"/><xsl:if test="title"><xsl:text> </xsl:text><xsl:value-of select="title"/></xsl:if></td><td class="num"><xsl:value-of select="findings"/></td><td class="num"><xsl:value-of select="undecided"/></td><td class="num"><xsl:value-of select="ms"/></td></tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="by-rule">
    <xsl:call-template name="summary"/>
    <xsl:if test="rule">
      <div class="scroll" role="group" tabindex="0" aria-labelledby="rules">
        <table class="sortable">
          <thead><tr><th scope="col"><xsl:value-of select="$words/rule"/></th><th scope="col" class="num"><xsl:value-of select="$words/point"/></th><th scope="col"><xsl:value-of select="$words/severity"/></th><th scope="col" class="num"><xsl:value-of select="$words/findings"/></th><th scope="col" data-fixed="true"><xsl:value-of select="$words/drawn"/></th><th scope="col" class="num"><xsl:value-of select="$words/undecided"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="rule">
              <tr><th scope="row"><xsl:value-of select="."/><xsl:if test="@title"><xsl:text> </xsl:text><xsl:value-of select="@title"/></xsl:if></th><td class="num"><xsl:value-of select="@point"/></td><td><span class="tag {@form}"><xsl:value-of select="@severity"/></span></td><td class="num"><xsl:value-of select="@findings"/></td><td><xsl:call-template name="bar"/></td><td class="num"><xsl:value-of select="@undecided"/></td></tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="by-party">
    <xsl:call-template name="summary"/>
    <xsl:if test="party">
      <div class="scroll" role="group" tabindex="0" aria-labelledby="party">
        <table class="sortable">
          <thead><tr><th scope="col"><xsl:value-of select="$words/party"/></th><th scope="col" class="num"><xsl:value-of select="$words/bundles"/></th><th scope="col" class="num"><xsl:value-of select="$words/held"/></th><th scope="col" class="num"><xsl:value-of select="$words/share"/></th><th scope="col" class="num"><xsl:value-of select="$words/findings"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="party">
              <tr><th scope="row"><bdi><xsl:value-of select="."/></bdi></th><td class="num"><xsl:value-of select="@bundles"/></td><td class="num"><xsl:value-of select="@held"/></td><td class="num"><xsl:value-of select="@share"/></td><td class="num"><xsl:value-of select="@findings"/></td></tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="stages">
    <div class="scroll" role="group" tabindex="0" aria-labelledby="stages">
      <table class="fit">
        <thead><tr><th scope="col"><xsl:value-of select="$words/stage"/></th><th scope="col" class="num"><xsl:value-of select="$words/ms"/></th><th scope="col" class="num"><xsl:value-of select="$words/share"/></th><th scope="col"><xsl:value-of select="$words/drawn"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="stage">
            <tr><th scope="row"><xsl:value-of select="."/></th><td class="num"><xsl:value-of select="@ms"/></td><td class="num"><xsl:value-of select="@share"/></td><td><xsl:call-template name="bar"/></td></tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="slowest">
    <xsl:call-template name="summary"/>
    <xsl:if test="row">
      <div class="scroll" role="group" tabindex="0" aria-labelledby="slow">
        <table class="sortable">
          <thead><tr><th scope="col"><xsl:value-of select="$words/bundle"/></th><th scope="col"><xsl:value-of select="$words/outcome"/></th><th scope="col" class="num"><xsl:value-of select="$words/ms"/></th></tr></thead>
          <tbody><xsl:for-each select="row"><tr><th scope="row" class="mono wrap"><xsl:value-of select="bundle"/></th><td><xsl:for-each select="mark"><xsl:call-template name="mark"/></xsl:for-each></td><td class="num"><xsl:value-of select="ms"/></td></tr></xsl:for-each></tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="quarantined">
    <xsl:call-template name="summary"/>
    <xsl:if test="row">
      <div class="scroll" role="group" tabindex="0" aria-labelledby="quar">
        <table class="sortable">
          <thead><tr><th scope="col"><xsl:value-of select="$words/bundle"/></th><th scope="col"><xsl:value-of select="$words/quarantineReason"/></th><th scope="col"><xsl:value-of select="$words/entry"/></th><th scope="col"><xsl:value-of select="$words/detail"/></th><th scope="col" class="num"><xsl:value-of select="$words/byte"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="row">
              <tr><th scope="row" class="mono wrap"><xsl:value-of select="bundle"/></th><td><code><xsl:value-of select="reason"/></code></td><td class="wrap"><bdi><xsl:value-of select="entry"/></bdi></td><td class="wrap"><xsl:value-of select="detail"/></td><td class="num"><xsl:value-of select="byte"/></td></tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
