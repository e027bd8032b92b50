<?xml version="1.0" encoding="UTF-8"?>
<!-- The catalogue of rules: index.html, and a page per point. Tree: pipeline/commands/rules-pages.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body>
        <xsl:call-template name="header"/>
        <main id="main">
          <xsl:call-template name="outcome"/>
          <xsl:choose>
            <xsl:when test="rule">
              <div class="split">
                <xsl:call-template name="contents"/>
                <div><xsl:for-each select="rule"><xsl:call-template name="rule"/></xsl:for-each></div>
              </div>
            </xsl:when>
            <xsl:otherwise>
              <section aria-labelledby="points">
                <h2 id="points"><xsl:value-of select="$words/points"/></h2>
                <ul><xsl:for-each select="point"><li><a href="{@href}"><xsl:value-of select="."/></a><xsl:text> · </xsl:text><xsl:value-of select="@rules"/></li></xsl:for-each></ul>
              </section>
              <section aria-labelledby="rules">
                <h2 id="rules"><xsl:value-of select="$words/rules"/></h2>
                <xsl:call-template name="table"/>
              </section>
              <section aria-labelledby="packs">
                <h2 id="packs"><xsl:value-of select="$words/packs"/></h2>
                <xsl:for-each select="packs"><xsl:call-template name="facts"/></xsl:for-each>
              </section>
            </xsl:otherwise>
          </xsl:choose>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="contents">
    <nav class="toc" aria-labelledby="toc">
      <h2 id="toc"><xsl:value-of select="$words/contents"/></h2>
      <ul><xsl:for-each select="rule"><li><a href="#{@id}"><xsl:value-of select="@id"/></a></li></xsl:for-each></ul>
    </nav>
  </xsl:template>

  <xsl:template name="table">
    <div class="scroll" role="group" tabindex="0" aria-labelledby="rules">
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$words/rule"/></th><th scope="col"><xsl:value-of select="$words/title"/></th><th scope="col"><xsl:value-of select="$words/severity"/></th><th scope="col"><xsl:value-of select="$words/effect"/></th><th scope="col" class="num"><xsl:value-of select="$words/tier"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="row">
            <tr>
              <th scope="row" class="rule"><a href="{@href}"><xsl:value-of select="@id"/></a></th>
              <td><xsl:for-each select="title"><xsl:call-template name="text"/></xsl:for-each></td>
              <td><xsl:for-each select="severity"><xsl:call-template name="mark"/></xsl:for-each></td>
              <td><xsl:value-of select="effect"/></td>
              <td class="num"><xsl:value-of select="@tier"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="rule">
    <section aria-labelledby="{@id}">
      <h2 id="{@id}"><xsl:value-of select="@id"/><xsl:for-each select="title"><xsl:text> </xsl:text><xsl:call-template name="text"/></xsl:for-each></h2>
      <p><xsl:for-each select="severity"><xsl:call-template name="mark"/></xsl:for-each><xsl:text> </xsl:text><xsl:value-of select="effect"/></p>
      <xsl:for-each select="about"><xsl:call-template name="facts"/></xsl:for-each>
      <h3><xsl:value-of select="$words/demands"/></h3>
      <xsl:for-each select="demand"><xsl:call-template name="demand"/></xsl:for-each>
      <xsl:if test="example">
        <h3><xsl:value-of select="$words/examples"/></h3>
        <xsl:for-each select="example"><xsl:call-template name="example"/></xsl:for-each>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="demand">
    <article class="finding {severity/@form}" aria-labelledby="{@id}">
      <header>
        <h4 id="{@id}"><xsl:value-of select="@id"/></h4>
        <xsl:for-each select="severity"><xsl:call-template name="mark"/></xsl:for-each>
        <span><xsl:value-of select="effect"/></span>
      </header>
      <xsl:for-each select="message"><p class="wrap"><xsl:value-of select="$words/else"/><xsl:text>: </xsl:text><xsl:call-template name="text"/></p></xsl:for-each>
      <dl class="notes">
        <xsl:for-each select="looksAt"><dt><xsl:value-of select="$words/looksAt"/></dt><dd><code><xsl:value-of select="."/></code></dd></xsl:for-each>
        <xsl:for-each select="each"><dt><xsl:value-of select="$words/each"/></dt><dd><code><xsl:value-of select="."/></code></dd></xsl:for-each>
        <xsl:for-each select="when"><dt><xsl:value-of select="$words/when"/></dt><dd><code><xsl:value-of select="."/></code></dd></xsl:for-each>
        <xsl:for-each select="andWhen"><dt><xsl:value-of select="$words/andWhen"/></dt><dd><code><xsl:value-of select="."/></code></dd></xsl:for-each>
        <xsl:for-each select="mustHold"><dt><xsl:value-of select="$words/mustHold"/></dt><dd><code><xsl:value-of select="."/></code></dd></xsl:for-each>
        <xsl:for-each select="setBy"><dt><xsl:value-of select="$words/policy"/></dt><dd><code><xsl:value-of select="."/></code></dd></xsl:for-each>
        <xsl:for-each select="mend"><dt><xsl:value-of select="$words/mend"/></dt><dd class="wrap"><xsl:call-template name="text"/></dd></xsl:for-each>
        <xsl:for-each select="who"><dt><xsl:value-of select="$words/who"/></dt><dd><xsl:value-of select="."/></dd></xsl:for-each>
        <xsl:for-each select="source"><dt><xsl:value-of select="$words/source"/></dt><dd class="wrap"><xsl:value-of select="."/></dd></xsl:for-each>
      </dl>
    </article>
  </xsl:template>

  <xsl:template name="example">
    <p><xsl:for-each select="verdict"><xsl:call-template name="mark"/></xsl:for-each><xsl:text> </xsl:text><xsl:for-each select="says"><xsl:call-template name="text"/><xsl:text>. </xsl:text></xsl:for-each><xsl:for-each select="base"><xsl:call-template name="parts"/></xsl:for-each></p>
    <xsl:if test="change"><ul><xsl:for-each select="change"><li class="wrap"><code><xsl:value-of select="."/></code></li></xsl:for-each></ul></xsl:if>
  </xsl:template>
</xsl:stylesheet>
